package io.farebox.chain.lookup;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * How one chain is asked.
 *
 * @param rpcUrls JSON-RPC nodes in order of preference; https, or http on loopback. Secrets: providers put keys into them, so
 *     printing this shows none
 * @param confirmations blocks, the one with the transfer included, after which a transfer counts; at least 1
 */
public record ChainSettings(List<String> rpcUrls, int confirmations) {
    private static final String LOOPBACK = "(?i)localhost|\\[::1]|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}";

    /** @throws IllegalArgumentException if a URL or the number cannot be used; it does not repeat the URL */
    public ChainSettings {
        rpcUrls = List.copyOf(rpcUrls);
        if (confirmations < 1) throw new IllegalArgumentException("confirmations must be at least 1");
        for (int i = 0; i < rpcUrls.size(); i++) {
            if (!isUsable(rpcUrls.get(i))) {
                throw new IllegalArgumentException("RPC URL %d is neither https nor http on loopback".formatted(i + 1));
            }
        }
    }

    private static boolean isUsable(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() == null || url.getRawUserInfo() != null) return false;
            return "https".equalsIgnoreCase(url.getScheme())
                    || ("http".equalsIgnoreCase(url.getScheme())
                            && url.getHost().matches(LOOPBACK));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "ChainSettings[rpcUrls=" + rpcUrls.size() + " hidden, confirmations=" + confirmations + "]";
    }
}
