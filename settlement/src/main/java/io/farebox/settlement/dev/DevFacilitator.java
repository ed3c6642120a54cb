package io.farebox.settlement.dev;

import io.farebox.chain.Eip3009Verifier;
import io.farebox.gate.Facilitator;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.farebox.gate.LocalVerifier;
import io.farebox.settlement.dev.DevChain.Authorization;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import java.math.BigInteger;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * <strong>For development only: no money moves, and whoever asks is rich.</strong> A facilitator inside this process for the
 * chain {@code eip155:31337}, which exists nowhere. It checks payments as a real one does (EIP-3009 signature, payee,
 * amount, window, unused nonce, balance), so that clients and gate behave as they will in production, and then moves
 * made-up balances in memory. Every address owns the starting balance, a single number whatever the asset. A restart gives
 * everybody that balance back and forgets which nonces were used.
 *
 * <p>Settling is idempotent: the same authorization settled again gets the same answer, also after its window. The
 * transaction hash is made up, and always the same for the same chain, asset, payer and nonce. Only settlements with a
 * valid signature take memory, up to {@link DevLimits}; beyond, both calls are unavailable with the reason
 * {@code dev_facilitator_full}. Thread-safe; never blocks for long.
 */
public final class DevFacilitator implements Facilitator {
    /** The only chain it knows. */
    public static final Network NETWORK = DevChain.NETWORK;

    /** As in the reference implementation: a payment must outlive the block that it will be in. */
    private static final long MARGIN_SECONDS = 6;

    private final String id;
    private final InstantSource clock;
    private final DevChain chain;
    private final LocalVerifier verifier = Eip3009Verifier.create();

    public DevFacilitator(String id, DevLimits limits, InstantSource clock) {
        this.id = id;
        this.clock = clock;
        this.chain = new DevChain(limits);
    }

    @Override
    public String id() {
        return id;
    }

    /** What this address owns, in atomic units: payers what is left, payees what they have earned on top. */
    public BigInteger balanceOf(String address) {
        return chain.balanceOf(address);
    }

    @Override
    public VerifyResponse verify(FacilitatorRequest request) {
        return switch (examine(request)) {
            case Examined.Bad bad -> new VerifyResponse(false, bad.reason(), null);
            case Examined.Good good -> {
                String fault = windowFault(good.authorization());
                if (fault == null) fault = fault(chain.ask(good.authorization()), false);
                yield new VerifyResponse(
                        fault == null, fault, good.authorization().from());
            }
        };
    }

    @Override
    public SettleResponse settle(FacilitatorRequest request) {
        return switch (examine(request)) {
            case Examined.Bad bad -> new SettleResponse(false, bad.reason(), null, "", NETWORK);
            case Examined.Good good -> settle(good.authorization());
        };
    }

    private SettleResponse settle(Authorization authorization) {
        boolean settledBefore = chain.ask(authorization) == DevChain.State.SETTLED;
        String fault = settledBefore ? null : windowFault(authorization);
        if (fault == null) fault = fault(chain.settle(authorization), true);
        String transaction = fault == null ? authorization.transaction() : "";
        return new SettleResponse(fault == null, fault, authorization.from(), transaction, NETWORK);
    }

    private sealed interface Examined {
        record Good(Authorization authorization) implements Examined {}

        record Bad(String reason) implements Examined {}
    }

    /** All that does not depend on time and chain. */
    private Examined examine(FacilitatorRequest request) {
        PaymentRequirements terms = request.requirements();
        String scheme = request.payment().scheme();
        if (!scheme.equals("exact") || !terms.scheme().equals("exact")) return new Examined.Bad("unsupported_scheme");
        boolean ours = NETWORK.equals(terms.network())
                && NETWORK.equals(request.payment().network());
        if (!ours) return new Examined.Bad("invalid_network");
        return switch (request.payment().payload()) {
            case SchemePayload.Solana solana -> new Examined.Bad("invalid_payload");
            case SchemePayload.Transfer transfer -> new Examined.Bad("invalid_payload");
            case SchemePayload.Token token -> new Examined.Bad("invalid_payload");
            case SchemePayload.Eip3009 payload -> examine(request, terms, payload);
        };
    }

    private Examined examine(FacilitatorRequest request, PaymentRequirements terms, SchemePayload.Eip3009 payload) {
        // Contract wallets are refused with the forged: this chain has no contracts.
        if (!(verifier.check(request.payment(), terms) instanceof LocalVerifier.LocalCheck.Signed)) {
            return new Examined.Bad("invalid_exact_evm_payload_signature");
        }
        if (!payload.to().equalsIgnoreCase(terms.payTo())) {
            return new Examined.Bad("invalid_exact_evm_payload_recipient_mismatch");
        }
        return payload.value().equals(terms.amount())
                ? new Examined.Good(Authorization.of(terms, payload))
                : new Examined.Bad("invalid_exact_evm_payload_authorization_value_mismatch");
    }

    private @Nullable String windowFault(Authorization authorization) {
        long now = clock.instant().getEpochSecond();
        if (authorization.validBefore().compareTo(BigInteger.valueOf(now + MARGIN_SECONDS)) < 0) {
            return "invalid_exact_evm_payload_authorization_valid_before";
        }
        return authorization.validAfter().compareTo(BigInteger.valueOf(now)) > 0
                ? "invalid_exact_evm_payload_authorization_valid_after"
                : null;
    }

    private @Nullable String fault(DevChain.State state, boolean settling) {
        return switch (state) {
            case PAYABLE -> null;
            case SETTLED -> settling ? null : "invalid_exact_evm_nonce_already_used";
            case NONCE_USED -> "invalid_exact_evm_nonce_already_used";
            case TOO_POOR -> "insufficient_funds";
            case FULL -> throw new FacilitatorUnavailableException(id, Reach.NOT_REACHED, "dev_facilitator_full", null);
        };
    }
}
