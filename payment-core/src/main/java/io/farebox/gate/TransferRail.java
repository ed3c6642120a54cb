package io.farebox.gate;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload.Transfer;
import io.farebox.x402.SchemePayload.TransferProof;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rail for transfers that a payer has made by himself, as far as it is pure: what its headers say, and the challenge that a proof
 * must sign. What was transferred is found out by {@link Transfers}.
 */
final class TransferRail {
    static final String TX = "X-PAYMENT-TX";
    static final String CHAIN = "X-PAYMENT-CHAIN";
    static final String PROOF = "X-PAYMENT-PROOF";

    private final @Nullable TransferTerms terms;
    private final Map<String, Network> names;
    private final TransferChallenge challenges;

    TransferRail(GateSettings settings) {
        this.terms = settings.transfers();
        this.names = settings.v1Names();
        this.challenges = new TransferChallenge(settings);
    }

    /** What a request's headers say. */
    sealed interface Reading {
        /** Something that is no transfer. */
        record Malformed(String reason) implements Reading {}

        /** A transfer, if it is true. */
        record Read(PaymentPayload payment) implements Reading {}
    }

    /** Whether the request shows a transfer, in whatever form; never if none are taken here. */
    boolean isShown(GateRequest request) {
        return terms != null && !request.headers(TX).isEmpty();
    }

    /** Reads a request for which {@link #isShown}. */
    Reading read(GateRequest request) {
        String tx = only(request.headers(TX));
        String chain = only(request.headers(CHAIN));
        List<String> proofs = request.headers(PROOF);
        if (tx == null || chain == null || proofs.size() > 1) return new Reading.Malformed(TransferReasons.MALFORMED);
        Network network = network(chain);
        if (network == null) return new Reading.Malformed("invalid_network");
        String transaction = TransferHeaders.transaction(network, tx);
        TransferProof proof = proofs.isEmpty() ? null : TransferHeaders.proof(network, proofs.getFirst());
        if (transaction == null || (proof == null && !proofs.isEmpty()))
            return new Reading.Malformed(TransferReasons.MALFORMED);
        Transfer transfer = new Transfer(transaction, proof, null);
        return new Reading.Read(new PaymentPayload(2, Transfer.SCHEME, network, null, transfer, null, Map.of()));
    }

    private static @Nullable String only(List<String> values) {
        return values.size() == 1 ? values.getFirst() : null;
    }

    private @Nullable Network network(String text) {
        if (Network.isCaip2(text)) return new Network(text);
        return names.get(text);
    }

    /** Why the transfer cannot pay for this offer as it was sent, or null. */
    @Nullable
    String unmet(Transfer transfer, Offer offer, String requestDigest, Instant now) {
        TransferProof proof = transfer.proof();
        if (proof == null) return isProofRequired() ? TransferReasons.PROOF_REQUIRED : null;
        return challenges.isFor(proof.challenge(), offer, requestDigest, now) ? null : TransferReasons.CHALLENGE;
    }

    private boolean isProofRequired() {
        return terms == null || terms.proofRequired();
    }

    /** The offer's terms that a transfer on this network can meet: those of x402 under another name. */
    List<PaymentRequirements> accepted(Offer offer, Network network) {
        return offer.all().stream()
                .filter(each -> each.network().equals(network) && isTaken(each))
                .map(each -> new PaymentRequirements(
                        Transfer.SCHEME,
                        each.network(),
                        each.amount(),
                        each.asset(),
                        each.payTo(),
                        each.maxTimeoutSeconds(),
                        Map.of()))
                .toList();
    }

    private boolean isTaken(PaymentRequirements each) {
        return terms != null && terms.least(each.network(), each.asset()).isPresent();
    }

    /** Whether the offer can be paid by a transfer. */
    boolean isOffered(Offer offer) {
        return terms != null && offer.all().stream().anyMatch(this::isTaken);
    }

    /** What {@code paymentOptions} say of transfers for an offer that can be paid so; the challenge is a gap. */
    Map<String, Object> option(Offer offer, int priority) {
        return new TransferOption(this::isTaken, Objects.requireNonNull(terms)).of(offer, priority);
    }

    /** A new challenge for a request. */
    String challenge(Offer offer, String requestDigest, Instant now) {
        return challenges.issue(offer, requestDigest, now);
    }
}
