package io.farebox.gate;

import io.farebox.x402.Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the gate needs to know besides prices. Fixed while it runs.
 *
 * @param publicUrl scheme and authority under which clients reach the service, without trailing slash; resource URLs are made
 *     from it and never from the {@code Host} header
 * @param owner names this process in the book
 * @param secret signs assertions toward the upstream
 * @param v1Names version 1 names and the networks they stand for
 * @param v1Networks networks that are offered in version 1 bodies
 * @param providers ids of the facilitators, in order of priority, for {@code paymentOptions}
 * @param corsOrigins origins that may read our answers; {@code *} for all
 * @param times how long things may take
 * @param maxReleases how often one payment may be given back uncharged
 * @param maxUndecidable how many payments that only a facilitator can judge may be verified at once
 * @param transfers what transfers are taken; null if none are
 */
public record GateSettings(
        String publicUrl,
        Mode mode,
        String owner,
        Secret secret,
        Map<String, Network> v1Names,
        Set<Network> v1Networks,
        List<String> providers,
        Set<String> corsOrigins,
        Times times,
        int maxReleases,
        int maxUndecidable,
        @Nullable TransferTerms transfers) {
    /** How often one payment may be given back uncharged, unless configured. */
    public static final int DEFAULT_MAX_RELEASES = 8;

    /** How many payments that only a facilitator can judge may be verified at once, unless configured. */
    public static final int DEFAULT_MAX_UNDECIDABLE = 64;

    /** A gate that takes no transfers. */
    public GateSettings(
            String publicUrl,
            Mode mode,
            String owner,
            Secret secret,
            Map<String, Network> v1Names,
            Set<Network> v1Networks,
            List<String> providers,
            Set<String> corsOrigins,
            Times times,
            int maxReleases,
            int maxUndecidable) {
        this(
                publicUrl,
                mode,
                owner,
                secret,
                v1Names,
                v1Networks,
                providers,
                corsOrigins,
                times,
                maxReleases,
                maxUndecidable,
                null);
    }

    public GateSettings {
        v1Names = Map.copyOf(v1Names);
        v1Networks = Set.copyOf(v1Networks);
        providers = List.copyOf(providers);
        corsOrigins = Set.copyOf(corsOrigins);
    }

    /** A secret that no log prints. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Secret(byte[] bytes) {
        @Override
        public String toString() {
            return "(secret)";
        }
    }

    /**
     * @param settleDeadline longest single call to settle
     * @param settleWait how long a request waits for an outcome that is unknown
     * @param skew how far clocks may differ
     * @param doubtAfter a settlement that takes longer blocks the same payer's same request
     * @param grace how long a settled header is honoured again for what is owed
     * @param owedTtl how long what is owed can be had
     */
    public record Times(
            Duration settleDeadline,
            Duration settleWait,
            Duration skew,
            Duration doubtAfter,
            Duration grace,
            Duration owedTtl) {
        /** The values of the design. */
        public static Times defaults() {
            return new Times(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    Duration.ofHours(24));
        }

        /** What settlement may take from the first call to giving up. */
        public Duration settleBudget() {
            return settleDeadline.plus(settleWait);
        }
    }
}
