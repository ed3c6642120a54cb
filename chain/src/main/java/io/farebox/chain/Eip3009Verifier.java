package io.farebox.chain;

import io.farebox.gate.LocalVerifier;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.util.Arrays;
import java.util.Optional;

/**
 * Checks EIP-3009 payments of plain accounts in this process. It is strict where token contracts are: 65 bytes, low s, one
 * of the four known {@code v}. Domain and chain come from our own requirements, so that a signature for another chain,
 * token, name or version is forged here. Longer signatures belong to contract wallets and are {@code Undecidable}. A Solana payment
 * is held against the form that {@code exact} prescribes and against our terms; what passes is {@code Undecidable} too, with its
 * signer, since only the cluster knows whether it can land.
 *
 * <p>Reasons are {@code invalid_exact_evm_payload_signature}, {@code invalid_exact_evm_payload_signature_compact} (64 bytes,
 * EIP-2098), {@code invalid_payload}, and the specification's {@code invalid_exact_svm_…} of what is checked. Thread-safe; never
 * throws; keeps nothing of what clients send.
 */
public final class Eip3009Verifier implements LocalVerifier {
    private final Eip3009Digest digest = new Eip3009Digest();
    private final SolanaVerifier solana = new SolanaVerifier();
    private final EcdsaRecovery recovery;

    Eip3009Verifier(EcdsaRecovery recovery) {
        this.recovery = recovery;
    }

    /** Checks signatures by the fastest implementation that works on this system. */
    public static Eip3009Verifier create() {
        return new Eip3009Verifier(Recoveries.best());
    }

    /** What checks signatures here, for a meter: {@code libsecp256k1}, or where that does not load {@code bouncycastle}. */
    public String implementation() {
        return recovery.implementation();
    }

    @Override
    public LocalCheck check(PaymentPayload payment, PaymentRequirements requirements) {
        return switch (payment.payload()) {
            case SchemePayload.Eip3009 payload -> check(payload, requirements);
            case SchemePayload.Solana solana -> this.solana.check(solana.transaction(), requirements);
            // Transfers are proven by whoever takes them.
            case SchemePayload.Transfer transfer -> new LocalCheck.Forged(SignatureReasons.PAYLOAD);
            case SchemePayload.Token token -> new LocalCheck.Forged(SignatureReasons.PAYLOAD);
        };
    }

    private LocalCheck check(SchemePayload.Eip3009 payload, PaymentRequirements requirements) {
        if (!Eip3009Digest.isWellFormed(payload)) return new LocalCheck.Forged(SignatureReasons.PAYLOAD);
        return switch (EvmSignature.read(payload.signature())) {
            case EvmSignature.Malformed malformed -> new LocalCheck.Forged(malformed.reason());
            case EvmSignature.Wrapped wrapped -> new LocalCheck.Undecidable();
            case EvmSignature.Plain signature -> check(payload, requirements, signature);
        };
    }

    private LocalCheck check(
            SchemePayload.Eip3009 payload, PaymentRequirements requirements, EvmSignature.Plain signature) {
        Optional<byte[]> signed = digest.of(requirements, payload);
        // Our own terms lack the domain: the payment may be honest, and only the chain knows the domain.
        if (signed.isEmpty()) return new LocalCheck.Undecidable();
        byte[] from = new byte[EvmAddress.LENGTH];
        Hex.decode(payload.from(), from, 0);
        return Arrays.equals(from, recovery.signer(signed.get(), signature))
                ? new LocalCheck.Signed(Hex.encode(from))
                : new LocalCheck.Forged(SignatureReasons.SIGNATURE);
    }
}
