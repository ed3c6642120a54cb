package io.farebox.testkit.book;

import io.farebox.gate.ClaimRequest;
import io.farebox.x402.Network;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claim request of which a test changes what it is about. Immutable: every method gives another sample. It claims at second
 * {@code now} after {@link #START}, with a lease of 30 s, a grace of 60 s, and doubt from 10 s on.
 *
 * @param key the payment's identity
 * @param now seconds after {@link #START}
 */
public record SampleClaim(
        String key,
        String payer,
        Network network,
        String route,
        long amount,
        String request,
        @Nullable String body,
        @Nullable String identifier,
        long now,
        boolean knownOnly) {
    /** When every sample begins. */
    public static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    /** How often a sample's payment may be given back. */
    public static final int MAX_RELEASES = 3;

    public static final Network BASE = new Network("eip155:8453");
    public static final Network SOLANA = new Network("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");

    /** A payment of 0.01 USDC on Base for {@code GET /risk} by the first payer. */
    public static SampleClaim of(String key) {
        return new SampleClaim(key, payer(1), BASE, "risk", 10_000, "get-risk", "", null, 0, false);
    }

    /** Canonical address of the n-th payer. */
    public static String payer(int n) {
        return "0x" + "%040x".formatted(n);
    }

    /** An instant of the samples' time. */
    public static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    /** A receipt of a settlement on Base. */
    public static SettleResponse receipt(String transaction) {
        return new SettleResponse(true, null, payer(1), transaction, BASE);
    }

    public SampleClaim key(String other) {
        return new SampleClaim(other, payer, network, route, amount, request, body, identifier, now, knownOnly);
    }

    public SampleClaim payer(String other) {
        return new SampleClaim(key, other, network, route, amount, request, body, identifier, now, knownOnly);
    }

    public SampleClaim network(Network other) {
        return new SampleClaim(key, payer, other, route, amount, request, body, identifier, now, knownOnly);
    }

    public SampleClaim route(String other) {
        return new SampleClaim(key, payer, network, other, amount, request, body, identifier, now, knownOnly);
    }

    public SampleClaim amount(long other) {
        return new SampleClaim(key, payer, network, route, other, request, body, identifier, now, knownOnly);
    }

    public SampleClaim request(String other) {
        return new SampleClaim(key, payer, network, route, amount, other, body, identifier, now, knownOnly);
    }

    public SampleClaim body(@Nullable String other) {
        return new SampleClaim(key, payer, network, route, amount, request, other, identifier, now, knownOnly);
    }

    public SampleClaim identifier(@Nullable String other) {
        return new SampleClaim(key, payer, network, route, amount, request, body, other, now, knownOnly);
    }

    public SampleClaim now(long seconds) {
        return new SampleClaim(key, payer, network, route, amount, request, body, identifier, seconds, knownOnly);
    }

    public SampleClaim onlyIfKnown() {
        return new SampleClaim(key, payer, network, route, amount, request, body, identifier, now, true);
    }

    /** The request, with a window that ends ten minutes after {@link #START}. */
    public ClaimRequest toRequest() {
        return new ClaimRequest(
                key,
                payer,
                network,
                "usdc-on-" + network.namespace(),
                BigInteger.valueOf(amount),
                "the-payee",
                route,
                "prices-1",
                request,
                body,
                identifier,
                at(600),
                "payload of " + key,
                "a-test-" + UUID.randomUUID(),
                at(now + 30),
                at(now),
                at(now - 60),
                at(now - 10),
                MAX_RELEASES,
                knownOnly);
    }
}
