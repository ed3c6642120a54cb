package io.farebox.settlement.http;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How we show a facilitator who we are. None of these shows its secret in {@code toString}. Thread-safe. */
public sealed interface FacilitatorAuth permits FacilitatorAuth.None, FacilitatorAuth.Bearer, CdpAuth {
    /** The value of the {@code Authorization} header for one request, or null for none. */
    @Nullable
    String authorization(String method, URI endpoint, Instant now);

    static FacilitatorAuth none() {
        return new None();
    }

    /** The same secret in every request. */
    static FacilitatorAuth bearer(String secret) {
        return new Bearer(secret);
    }

    /**
     * A JWT of two minutes for every request, as the Coinbase Developer Platform wants it.
     *
     * @param keySecret an Ed25519 key as Base64 of 32 or 64 bytes, or an EC key as PEM
     * @throws IllegalArgumentException if the secret is no such key; the message does not quote it
     */
    static FacilitatorAuth cdp(String keyId, String keySecret) {
        return CdpAuth.of(keyId, keySecret);
    }

    /** Says nothing. */
    record None() implements FacilitatorAuth {
        @Override
        public @Nullable String authorization(String method, URI endpoint, Instant now) {
            return null;
        }
    }

    /** A fixed secret. */
    record Bearer(String secret) implements FacilitatorAuth {
        /** @throws IllegalArgumentException if the secret cannot stand in a header */
        public Bearer {
            boolean clean = !secret.isEmpty() && secret.chars().allMatch(c -> c > ' ' && c < 127);
            if (!clean) throw new IllegalArgumentException("the bearer secret is empty or holds blanks or controls");
        }

        @Override
        public String authorization(String method, URI endpoint, Instant now) {
            return "Bearer " + secret;
        }

        @Override
        public String toString() {
            return "Bearer[…]";
        }
    }
}
