package io.farebox.testkit.facilitator;

import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.util.Map;

/** Requests to facilitators that look right; their signatures do not verify, which scripted facilitators do not mind. */
public final class SamplePayments {
    public static final Network BASE_SEPOLIA = new Network("eip155:84532");
    public static final Network SOLANA_DEVNET = new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
    public static final String PAYER = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    public static final String PAY_TO = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
    public static final long AMOUNT = 10_000;

    /** Version 1 names and the networks they stand for. */
    public static final Map<String, Network> V1_NAMES =
            Map.of("base-sepolia", BASE_SEPOLIA, "base", new Network("eip155:8453"), "solana-devnet", SOLANA_DEVNET);

    private static final String USDC = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
    private static final String MINT = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
    private static final ResourceInfo RESOURCE =
            new ResourceInfo("https://api.example.com/risk", "Risk score", "application/json");

    private SamplePayments() {}

    /** The n-th payment of 0.01 USDC on Base Sepolia, valid until far in the future. */
    public static FacilitatorRequest evm(int version, int n) {
        PaymentRequirements terms = new PaymentRequirements(
                "exact",
                BASE_SEPOLIA,
                BigInteger.valueOf(AMOUNT),
                USDC,
                PAY_TO,
                120,
                Map.of("name", "USDC", "version", "2"));
        SchemePayload signed = new SchemePayload.Eip3009(
                "0x" + "11".repeat(65),
                PAYER,
                PAY_TO,
                BigInteger.valueOf(AMOUNT),
                BigInteger.ZERO,
                BigInteger.valueOf(4_000_000_000L),
                "0x" + "%064x".formatted(n));
        return request(version, terms, signed);
    }

    /** The n-th payment of 0.01 USDC on Solana's devnet. @param feePayer who pays its fees */
    public static FacilitatorRequest solana(int version, int n, String feePayer) {
        PaymentRequirements terms = new PaymentRequirements(
                "exact", SOLANA_DEVNET, BigInteger.valueOf(AMOUNT), MINT, MINT, 60, Map.of("feePayer", feePayer));
        return request(version, terms, new SchemePayload.Solana("AQAB" + "%04d".formatted(n)));
    }

    /** What can be charged once in an EVM request. */
    public static Authorization authorization(FacilitatorRequest request) {
        return Asked.of(request).authorization();
    }

    private static FacilitatorRequest request(int version, PaymentRequirements terms, SchemePayload signed) {
        PaymentPayload payment = new PaymentPayload(
                version,
                terms.scheme(),
                terms.network(),
                version == 2 ? terms : null,
                signed,
                version == 2 ? RESOURCE : null,
                Map.of());
        return new FacilitatorRequest(payment, terms, RESOURCE);
    }
}
