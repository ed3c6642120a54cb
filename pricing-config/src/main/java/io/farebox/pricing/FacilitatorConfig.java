package io.farebox.pricing;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator.
 *
 * @param url where it answers, without a slash at the end; null unless {@link Type#REMOTE}
 * @param chain how {@link Type#OWN} works; null for the others
 * @param verifyLocal whether a complete local check replaces its verify
 */
public record FacilitatorConfig(
        String id,
        Type type,
        @Nullable URI url,
        boolean enabled,
        Auth auth,
        @Nullable OwnChainConfig chain,
        boolean verifyLocal,
        Duration connectTimeout,
        Duration verifyTimeout,
        Duration settleTimeout) {
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
    public static final Duration DEFAULT_VERIFY_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_SETTLE_TIMEOUT = Duration.ofSeconds(30);

    /** What kind of facilitator. */
    public enum Type {
        /** One that is asked over HTTP. */
        REMOTE,
        /** One in this process, for {@link NetworkTable#DEV} only; no money moves. */
        DEV,
        /** One in this process that settles with an account of ours. */
        OWN
    }

    /** How we identify ourselves to a facilitator. */
    public sealed interface Auth {
        record None() implements Auth {}

        /** {@code Authorization: Bearer …} with a fixed credential. */
        record Bearer(Secret value) implements Auth {}

        /** A signed credential per request, as Coinbase's platform wants it. */
        record Cdp(Secret keyId, Secret keySecret) implements Auth {}
    }

    /** Whether nobody outside this machine is asked, so that published test addresses can do no harm. */
    public boolean isLocal() {
        return type == Type.DEV || url != null && UrlCheck.isLoopback(url);
    }
}
