package io.farebox.chain.own;

import io.farebox.chain.Eip3009Digest;
import io.farebox.chain.Eip3009Verifier;
import io.farebox.gate.LocalVerifier.LocalCheck;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What can be told of a payment without asking the chain (x402, exact on EVM, checks 1 to 9). Thread-safe. */
final class Examination {
    /** As in the reference implementation: a payment must outlive the block that it will be in. */
    private static final long MARGIN_SECONDS = 6;

    private final Eip3009Verifier verifier = Eip3009Verifier.create();
    private final Eip3009Digest digest = new Eip3009Digest();

    /**
     * A payment that its payer signed, and that is what the terms ask for.
     *
     * @param digest of what was signed
     */
    record Signed(SchemePayload.Eip3009 payload, String digest) {}

    /** The result: a payment, or why it is none. */
    record Result(@Nullable Signed signed, @Nullable String reason) {}

    Result of(FacilitatorRequest request) {
        PaymentRequirements terms = request.requirements();
        if (!request.payment().scheme().equals("exact") || !terms.scheme().equals("exact"))
            return refused("unsupported_scheme");
        if (!terms.network().equals(request.payment().network())) return refused("invalid_network");
        if (!(request.payment().payload() instanceof SchemePayload.Eip3009 payload)) return refused("invalid_payload");
        return switch (verifier.check(request.payment(), terms)) {
            case LocalCheck.Forged(String reason) -> refused(reason);
            // Contract wallets: what their code does when it is called costs us gas, whatever it did in a simulation.
            case LocalCheck.Undecidable undecidable -> refused("invalid_exact_evm_payload_signature");
            case LocalCheck.Signed signed -> matched(terms, payload);
        };
    }

    private Result matched(PaymentRequirements terms, SchemePayload.Eip3009 payload) {
        if (!payload.to().equalsIgnoreCase(terms.payTo()))
            return refused("invalid_exact_evm_payload_recipient_mismatch");
        if (!payload.value().equals(terms.amount()))
            return refused("invalid_exact_evm_payload_authorization_value_mismatch");
        return digest.of(terms, payload)
                .map(bytes ->
                        new Result(new Signed(payload, "0x" + HexFormat.of().formatHex(bytes)), null))
                .orElseGet(() -> refused("invalid_exact_evm_missing_eip712_domain"));
    }

    private static Result refused(String reason) {
        return new Result(null, reason);
    }

    /** Why it cannot be in a block now; null if it can. */
    static @Nullable String windowFault(SchemePayload.Eip3009 payload, Instant now) {
        long seconds = now.getEpochSecond();
        if (payload.validBefore().compareTo(BigInteger.valueOf(seconds + MARGIN_SECONDS)) < 0)
            return "invalid_exact_evm_payload_authorization_valid_before";
        return payload.validAfter().compareTo(BigInteger.valueOf(seconds)) > 0
                ? "invalid_exact_evm_payload_authorization_valid_after"
                : null;
    }
}
