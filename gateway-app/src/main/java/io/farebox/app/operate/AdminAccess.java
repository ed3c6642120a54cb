package io.farebox.app.operate;

import io.farebox.pricing.AdminConfig;
import io.farebox.pricing.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the API. Credentials are compared as hashes, each of them whatever the others say, so that the time tells nothing.
 * Thread-safe.
 */
final class AdminAccess {
    private static final String SCHEME = "bearer ";

    /** What a caller may do. */
    enum Role {
        NOBODY,
        VIEWER,
        OPERATOR
    }

    private final byte @Nullable [] viewer;
    private final byte @Nullable [] operator;

    AdminAccess(AdminConfig config) {
        viewer = hash(config.viewer());
        operator = hash(config.operator());
    }

    private static byte @Nullable [] hash(@Nullable Secret secret) {
        return secret == null ? null : hash(secret.reveal());
    }

    /** @param authorization values of the header of that name */
    Role role(List<String> authorization) {
        if (authorization.size() != 1) return Role.NOBODY;
        String value = authorization.getFirst();
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) return Role.NOBODY;
        byte[] shown = hash(value.substring(SCHEME.length()).strip());
        // A credential that nobody has is null, which no hash is equal to.
        boolean views = MessageDigest.isEqual(shown, viewer);
        boolean operates = MessageDigest.isEqual(shown, operator);
        if (operates) return Role.OPERATOR;
        return views ? Role.VIEWER : Role.NOBODY;
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
