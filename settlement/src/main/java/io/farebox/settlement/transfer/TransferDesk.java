package io.farebox.settlement.transfer;

import io.farebox.chain.lookup.TransferReader;
import io.farebox.chain.lookup.TransferSight;
import io.farebox.gate.Account;
import io.farebox.gate.Balances;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.TransferReasons;
import io.farebox.gate.TransferTerms;
import io.farebox.gate.Transfers;
import io.farebox.settlement.transfer.Senders.Sender;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload.Transfer;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes transfers: who says that one is his, then the book, which knows those that were taken before, then the chain. A stranger can
 * make it ask the chain, a few at a time, and nothing of what he shows is kept unless he has paid.
 */
final class TransferDesk implements Transfers {
    private static final int AT_ONCE = 64;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final TransferTerms terms;
    private final Balances balances;
    private final Senders senders;
    private final TransferReader chain;
    private final InstantSource clock;
    private final Semaphore free = new Semaphore(AT_ONCE);

    TransferDesk(TransferTerms terms, Balances balances, Senders senders, TransferReader chain, InstantSource clock) {
        this.terms = terms;
        this.balances = balances;
        this.senders = senders;
        this.chain = chain;
        this.clock = clock;
    }

    @Override
    public Taken take(Transfer transfer, PaymentRequirements asked) {
        try {
            return senders.isAsked(asked.network(), transfer)
                    ? bounded(() -> proven(transfer, asked))
                    : proven(transfer, asked);
        } catch (BookUnavailableException e) {
            return new Taken.Unavailable("book_unavailable", RETRY);
        }
    }

    private Taken proven(Transfer transfer, PaymentRequirements asked) {
        return switch (senders.of(asked.network(), transfer)) {
            case Sender.Forged forged -> new Taken.Refused(TransferReasons.PROOF_INVALID);
            case Sender.Unreadable unreadable -> new Taken.Unavailable(TransferReasons.CHAIN_DOWN, RETRY);
            case Sender.Signer signer -> taken(transfer, asked, Whose.of(signer.address()));
            // The book does not know what notes were in a transaction that it has credited: the chain is asked each
            // time.
            case Sender.Noted noted -> looked(transfer, asked, Whose.whoNoted(noted.memo()));
            case Sender.Anyone anyone ->
                terms.proofRequired()
                        ? new Taken.Refused(TransferReasons.PROOF_REQUIRED)
                        : taken(transfer, asked, Whose.anyones());
        };
    }

    private Taken taken(Transfer transfer, PaymentRequirements asked, Whose whose) {
        Optional<Taken> known = known(transfer, asked, whose.sender());
        return known.isPresent() ? known.get() : looked(transfer, asked, whose);
    }

    private Taken looked(Transfer transfer, PaymentRequirements asked, Whose whose) {
        Optional<BigInteger> least = terms.least(asked.network(), asked.asset());
        if (least.isEmpty()) return new Taken.Refused(TransferReasons.NOT_TAKEN);
        var evidence = new Evidence(asked, least.get(), transfer.transaction());
        return bounded(() -> seen(chain.read(asked.network(), transfer.transaction()), evidence, whose));
    }

    /** @param sender null if nobody has signed */
    private Optional<Taken> known(Transfer transfer, PaymentRequirements asked, @Nullable String sender) {
        Account like = Account.of(asked, sender == null ? "" : sender);
        List<Balances.Credited> credited = balances.credited(asked.network(), transfer.transaction()).stream()
                .filter(each -> each.account().asset().equals(like.asset())
                        && each.account().payTo().equals(like.payTo()))
                .filter(each -> sender == null || each.account().payer().equals(like.payer()))
                .toList();
        if (credited.isEmpty()) return Optional.empty();
        Balances.Credited first = credited.getFirst();
        // Without a signature the hash alone buys one answer, and only for as long as the book remembers that for
        // certain.
        if (sender == null && isTooOld(first.at())) return Optional.of(new Taken.Refused(TransferReasons.TOO_OLD));
        return Optional.of(new Taken.Credited(first.account().payer()));
    }

    private Taken seen(TransferSight sight, Evidence evidence, Whose whose) {
        return switch (sight) {
            case TransferSight.Unreadable unreadable -> new Taken.Unavailable(TransferReasons.CHAIN_DOWN, RETRY);
            case TransferSight.NotFound notFound -> new Taken.Refused(TransferReasons.NOT_FOUND);
            case TransferSight.Pending pending -> new Taken.Refused(TransferReasons.PENDING);
            case TransferSight.Reverted reverted -> new Taken.Refused(TransferReasons.REVERTED);
            case TransferSight.Mined mined ->
                isTooOld(mined.at()) ? new Taken.Refused(TransferReasons.TOO_OLD) : credited(evidence.of(mined, whose));
        };
    }

    private Taken credited(Evidence.Finding finding) {
        return switch (finding) {
            case Evidence.Finding.Not not -> new Taken.Refused(not.reason());
            case Evidence.Finding.Paid paid ->
                balances.credit(paid.account(), paid.deposits(), paid.authorizations(), clock.instant())
                        ? new Taken.Credited(paid.account().payer())
                        : new Taken.Refused(TransferReasons.IS_PAYMENT);
        };
    }

    private boolean isTooOld(Instant then) {
        return then.isBefore(clock.instant().minus(terms.maxAge()));
    }

    /** Nested calls count once more each; there is room for that. */
    private Taken bounded(Supplier<Taken> asking) {
        if (!free.tryAcquire()) return new Taken.Unavailable(TransferReasons.BUSY, SOON);
        try {
            return asking.get();
        } finally {
            free.release();
        }
    }
}
