package io.farebox.app.command.desk;

import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway's management port is, and the credential for it. The credential comes from the environment: arguments are seen
 * by everybody on the machine.
 *
 * @param base without a slash at its end
 */
public record DeskAddress(URI base, String credential) {
    /** Holds the credential. */
    public static final String CREDENTIAL = "FAREBOX_ADMIN";

    private static final String URL = "FAREBOX_ADMIN_URL";
    private static final String PORT = "MANAGEMENT_SERVER_PORT";
    private static final String USUAL_PORT = "9402";
    private static final String LOOPBACK = "(?i)localhost|\\[::1]|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}";

    /**
     * @param option what the command line says; null if nothing
     * @throws DeskException if there is no credential, or it would be sent where others can read it
     */
    public static DeskAddress of(@Nullable String option, Function<String, @Nullable String> variables) {
        String credential = variables.apply(CREDENTIAL);
        if (credential == null || credential.isBlank())
            throw new DeskException("Set the variable " + CREDENTIAL
                    + " to the credential of admin.viewer or admin.operator in the gateway's price list.");
        return new DeskAddress(url(option, variables), credential.strip());
    }

    private static URI url(@Nullable String option, Function<String, @Nullable String> variables) {
        String variable = option == null ? variables.apply(URL) : option;
        String port = variables.apply(PORT);
        String text = variable == null ? "http://127.0.0.1:" + (port == null ? USUAL_PORT : port) : variable;
        try {
            URI url = URI.create(text.replaceAll("/+$", ""));
            if (isSafe(url)) return url;
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new DeskException(
                "The management port is named as https://HOST:PORT, or http://127.0.0.1:PORT on this machine"
                        + " (through a tunnel, say): the credential must not go over a network in the open.");
    }

    private static boolean isSafe(URI url) {
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null) return false;
        return "https".equals(url.getScheme())
                || ("http".equals(url.getScheme()) && url.getHost().matches(LOOPBACK));
    }

    @Override
    public String toString() {
        return "DeskAddress[" + base + "]";
    }
}
