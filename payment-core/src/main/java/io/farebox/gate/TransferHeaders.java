package io.farebox.gate;

import io.farebox.x402.Base58;
import io.farebox.x402.Network;
import io.farebox.x402.SchemePayload.TransferProof;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts of the transfer rail's headers, which are others on each kind of chain. */
final class TransferHeaders {
    private static final Pattern EVM_HASH = Pattern.compile("0x[0-9a-fA-F]{64}");
    private static final String CHALLENGE = " ([!-~]{1,200})";

    /** Form, challenge, signature, and the address of a contract wallet. */
    private static final Pattern EVM_PROOF =
            Pattern.compile("(eip712|eip191)" + CHALLENGE + " (0x(?:[0-9a-fA-F]{2}){1,8192})(?: (0x[0-9a-fA-F]{40}))?");

    /** Form, challenge, signature, and the account that signs; or the form and the challenge alone. */
    private static final Pattern SOLANA_PROOF = Pattern.compile("(?:(ed25519)" + CHALLENGE
            + " ([1-9A-HJ-NP-Za-km-z]{64,88}) ([1-9A-HJ-NP-Za-km-z]{32,44})|(memo)" + CHALLENGE + ")");

    private static final int LONGEST = 20_000;
    private static final int SOLANA_SIGNATURE = 64;
    private static final int SOLANA_KEY = 32;

    private TransferHeaders() {}

    /** The transaction in its one spelling, or null. */
    static @Nullable String transaction(Network network, String text) {
        if (network.isSolana()) return Base58.decode(text, SOLANA_SIGNATURE).isPresent() ? text : null;
        return network.isEvm() && EVM_HASH.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : null;
    }

    /** A proof of a form that the network knows, or null. */
    static @Nullable TransferProof proof(Network network, String header) {
        if (header.length() > LONGEST) return null;
        return network.isSolana() ? onSolana(header) : onEvm(header);
    }

    private static @Nullable TransferProof onEvm(String header) {
        Matcher matcher = EVM_PROOF.matcher(header);
        if (!matcher.matches()) return null;
        String signer = matcher.group(4);
        return new TransferProof(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3).toLowerCase(Locale.ROOT),
                signer == null ? null : signer.toLowerCase(Locale.ROOT));
    }

    private static @Nullable TransferProof onSolana(String header) {
        Matcher matcher = SOLANA_PROOF.matcher(header);
        if (!matcher.matches()) return null;
        if (matcher.group(5) != null) return new TransferProof(matcher.group(5), matcher.group(6), "", null);
        boolean known = Base58.decode(matcher.group(3), SOLANA_SIGNATURE).isPresent()
                && Base58.decode(matcher.group(4), SOLANA_KEY).isPresent();
        return known ? new TransferProof(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)) : null;
    }
}
