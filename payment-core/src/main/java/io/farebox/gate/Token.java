package io.farebox.gate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a prepaid credential names: whose balance may be drawn on, for what, and until when. The credential itself is kept nowhere.
 *
 * @param account the balance
 * @param routes ids of the routes that it pays for; empty for all that can be paid from the balance
 * @param origin the transaction by which the balance was paid, as receipts name it
 * @param expiresAt from then on it pays for nothing
 * @param revokedAt since when it pays for nothing, or null
 */
public record Token(
        Account account,
        List<String> routes,
        String origin,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {
    public Token {
        routes = List.copyOf(routes);
    }

    /** Why it does not pay for this route now, a code of {@link TokenReasons}; null if it does. */
    @Nullable
    String unmet(String routeId, Instant now) {
        String over = over(now);
        if (over != null) return over;
        return routes.isEmpty() || routes.contains(routeId) ? null : TokenReasons.OTHER_ROUTE;
    }

    /** Why it pays for nothing any more; null if it still does. */
    @Nullable
    String over(Instant now) {
        if (revokedAt != null) return TokenReasons.REVOKED;
        return expiresAt.isAfter(now) ? null : TokenReasons.EXPIRED;
    }
}
