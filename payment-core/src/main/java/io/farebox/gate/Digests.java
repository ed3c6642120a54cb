package io.farebox.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names requests, so that the book can tell whether two are the same without keeping what was asked. */
public final class Digests {
    private Digests() {}

    /** SHA-256 in hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Digest of method, path and query; none of them can hold a line feed. */
    static String request(String method, String path, @Nullable String query) {
        String text = method + '\n' + path + '\n' + (query == null ? "" : query);
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Digest of a request and of which price it has: a header may choose another one, and with it another answer. What that costs is
     * not in it.
     */
    static String priced(Decision.Attempt attempt) {
        String request = request(attempt.method(), attempt.path(), attempt.query());
        String text = request
                + '\n'
                + attempt.taken().routeId()
                + '\n'
                + attempt.taken().rule();
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
