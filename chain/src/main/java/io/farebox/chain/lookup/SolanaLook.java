package io.farebox.chain.lookup;

import io.farebox.chain.lookup.TransferSight.Moved;
import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One look at one signed payment through one node of a Solana cluster. */
final class SolanaLook {
    private final SolanaPayment payment;
    private final SolanaView chain;

    SolanaLook(SolanaPayment payment, SolanaView chain) {
        this.payment = payment;
        this.chain = chain;
    }

    /** What this node shows; empty if it has seen nothing of the transaction, which may still come: another may have more. */
    Optional<Outcome> take() throws RpcFailure {
        // Asked first: what is listed afterwards is all that there will ever be.
        Optional<Long> over = new SolanaLife(chain).over(payment);
        SolanaListing listing = listing(over.orElse(0L));
        boolean waiting = false;
        for (String signature : listing.signatures()) {
            Optional<SolanaLanded> landed = chain.transaction(signature);
            if (landed.isPresent() && isIt(landed.get())) return Optional.of(outcome(landed.get(), signature));
            waiting |= landed.isEmpty();
        }
        // What is listed and not deep enough may be the payment.
        if (waiting || !listing.whole() || over.isEmpty()) return Optional.empty();
        return Optional.of(new Outcome.NeverHappened());
    }

    private SolanaListing listing(long notBefore) throws RpcFailure {
        String signature = payment.signature();
        if (signature == null) return SolanaListing.of(chain, payment, notBefore);
        return new SolanaListing(chain.isKnown(signature) ? List.of(signature) : List.of(), true);
    }

    private boolean isIt(SolanaLanded landed) {
        return Arrays.equals(landed.parts().message(), payment.parts().message());
    }

    /** A transaction lands once: what failed, or paid somebody else, has had its only try. */
    private Outcome outcome(SolanaLanded landed, String signature) throws RpcFailure {
        if (landed.failed() || arrived(landed).signum() == 0) return new Outcome.NeverHappened();
        PaymentRequirements terms = payment.terms();
        return new Outcome.Happened(new SettleResponse(true, null, payment.payer(), signature, terms.network()));
    }

    /** Less than what was asked for where the token keeps a fee; it is what the payer was asked to sign. */
    private BigInteger arrived(SolanaLanded landed) throws RpcFailure {
        PaymentRequirements terms = payment.terms();
        return SolanaArrivals.in(landed).stream()
                .filter(each -> each.emitter().equals(terms.asset())
                        && each.to().equals(terms.payTo())
                        && each.from().equals(payment.payer()))
                .map(Moved::value)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }
}
