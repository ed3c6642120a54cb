package io.farebox.settlement.operate;

import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.gate.DeskAct;
import io.farebox.gate.DeskEntry;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.DeskResult;
import io.farebox.gate.Erasure;
import io.farebox.gate.ErasureResult;
import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Tally;
import io.farebox.x402.StoredPayment;
import io.farebox.x402.json.JsonFormatException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may do with the payments of a book. The chain is asked before an operator's word is taken, and its word goes
 * before. All methods may block; all throw {@link io.farebox.gate.BookUnavailableException} if the book fails. Thread-safe.
 */
public final class Operations {
    /** How long after its window a payment might still turn up: clocks differ, and blocks come late. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    /** How long what an operator found out to be charged can be fetched. */
    static final Duration OWED_TTL = Duration.ofHours(24);

    /** How long payments must have been at rest before their payer is erased: longer than any window may be open. */
    static final Duration RESTING = Duration.ofDays(2);

    private static final int ERASED_AT_ONCE = 200;
    private static final int ROUNDS = 50;
    private static final System.Logger LOG = System.getLogger(Operations.class.getName());

    private final Book book;
    private final BookDesk desk;
    private final OutcomeLookup chains;
    private final GateListener events;
    private final Pseudonyms pseudonyms;
    private final InstantSource clock;

    public Operations(
            Book book,
            BookDesk desk,
            OutcomeLookup chains,
            GateListener events,
            Pseudonyms pseudonyms,
            InstantSource clock) {
        this.book = book;
        this.desk = desk;
        this.chains = chains;
        this.events = events;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
    }

    /** A page of a shelf. */
    public List<PaymentRecord> list(DeskQuery query) {
        return desk.list(query);
    }

    public Optional<PaymentRecord> byId(String paymentId) {
        return desk.byId(paymentId);
    }

    /** By its identity on its chain, see {@link io.farebox.x402.PaymentIdentity}. */
    public Optional<PaymentRecord> byKey(String key) {
        return book.find(key);
    }

    /** What operators did about a payment. */
    public List<DeskEntry> entries(String paymentId) {
        return desk.entries(paymentId);
    }

    /** What is open. */
    public List<Tally> tallies() {
        return desk.tallies();
    }

    /** Takes a decision, unless the chain says otherwise. */
    public Resolution resolve(String paymentId, Decision decision) {
        Optional<PaymentRecord> row = desk.byId(paymentId);
        if (row.isEmpty()) return new Resolution.Answered(new DeskResult.NotFound(), false);
        return switch (decision.kind()) {
            case CHARGED -> charged(row.get(), decision);
            case NOT_CHARGED -> notCharged(row.get(), decision);
            case REFUND_DUE -> act(row.get(), decision, new DeskAct.RefundDue(), false);
            case REFUNDED ->
                decision.transaction() == null
                        ? new Resolution.TransactionNeeded()
                        : act(row.get(), decision, new DeskAct.Refunded(decision.transaction()), false);
            case REVERSED -> reversed(row.get(), decision);
        };
    }

    private Resolution charged(PaymentRecord row, Decision decision) {
        String named = decision.transaction();
        return switch (lookUp(row)) {
            case Outcome.NeverHappened never -> new Resolution.Contradicted(null);
            case Outcome.Happened(var receipt) ->
                named == null || isSame(row, named, receipt.transaction())
                        ? charge(row, decision, receipt.transaction(), true)
                        : new Resolution.Contradicted(receipt.transaction());
            case Outcome.NotKnown notKnown ->
                named == null || !isTransaction(row, named)
                        ? new Resolution.TransactionNeeded()
                        : charge(row, decision, named, false);
        };
    }

    private static boolean isTransaction(PaymentRecord row, String named) {
        return named.matches(row.network().isEvm() ? "0x[0-9a-fA-F]{64}" : "[1-9A-HJ-NP-Za-km-z]{64,88}");
    }

    /** Hashes of EVM transactions may be spelled in both cases; signatures of Solana may not. */
    private static boolean isSame(PaymentRecord row, String named, String shown) {
        return row.network().isEvm() ? named.equalsIgnoreCase(shown) : named.equals(shown);
    }

    private Resolution charge(PaymentRecord row, Decision decision, String transaction, boolean proven) {
        var change = new DeskAct.Charged(transaction, clock.instant().plus(OWED_TTL));
        Resolution resolution = act(row, decision, change, proven);
        if (isDone(resolution)) {
            Duration took = Duration.between(row.createdAt(), clock.instant());
            tell(new GateEvent.Settled(
                    row.routeId(), id(row), facilitator(row), row.network(), row.asset(), row.amount(), took));
            tell(new GateEvent.Owed(row.routeId(), id(row), "settled_by_operator"));
        }
        return resolution;
    }

    private Resolution notCharged(PaymentRecord row, Decision decision) {
        return switch (lookUp(row)) {
            case Outcome.Happened(var receipt) -> new Resolution.Contradicted(receipt.transaction());
            case Outcome.NeverHappened never -> fail(row, decision, true);
            case Outcome.NotKnown notKnown -> fail(row, decision, false);
        };
    }

    private Resolution fail(PaymentRecord row, Decision decision, boolean proven) {
        Resolution resolution = act(row, decision, new DeskAct.NotCharged(), proven);
        if (isDone(resolution))
            tell(new GateEvent.SettleFailed(row.routeId(), id(row), facilitator(row), "operator_not_charged"));
        return resolution;
    }

    private Resolution reversed(PaymentRecord row, Decision decision) {
        Resolution resolution = act(row, decision, new DeskAct.Reversed(), false);
        if (isDone(resolution))
            tell(new GateEvent.Reversed(row.routeId(), id(row), row.network(), row.asset(), row.amount()));
        return resolution;
    }

    private Resolution act(PaymentRecord row, Decision decision, DeskAct.Change change, boolean proven) {
        Instant now = clock.instant();
        DeskResult result =
                desk.act(new DeskAct(id(row), change, proven, now.minus(MARGIN), now, decision.by(), decision.note()));
        LOG.log(
                System.Logger.Level.INFO,
                "operator {0}: payment {1} {2}: {3}",
                decision.by(),
                id(row),
                change.name(),
                result.getClass().getSimpleName());
        return new Resolution.Answered(result, proven);
    }

    private Outcome lookUp(PaymentRecord row) {
        String payload = row.payload();
        if (row.state() != PaymentState.UNKNOWN || payload == null) return new Outcome.NotKnown();
        try {
            return chains.lookUp(StoredPayment.read(payload), row.createdAt());
        } catch (JsonFormatException | IllegalArgumentException e) {
            return new Outcome.NotKnown();
        }
    }

    /**
     * Takes a payer's name off everything that is at rest.
     *
     * @param payer address as anybody spells it
     * @return how many payments, of which at most {@code 10000} are renamed at a time; or that something is open
     */
    public ErasureResult erase(String payer, String by, String note) {
        String canonical = canonical(payer);
        int all = 0;
        for (int round = 0; round < ROUNDS; round++) {
            switch (desk.erase(erasure(canonical, by, note))) {
                case ErasureResult.StillOpen open -> {
                    return open;
                }
                case ErasureResult.Erased(int rows, boolean tooYoung) -> {
                    all += rows;
                    if (rows < ERASED_AT_ONCE) return new ErasureResult.Erased(all, tooYoung);
                }
            }
        }
        return new ErasureResult.Erased(all, true);
    }

    private Erasure erasure(String payer, String by, String note) {
        Instant now = clock.instant();
        return new Erasure(payer, pseudonyms::of, now.minus(RESTING), now, by, note, ERASED_AT_ONCE);
    }

    private static String canonical(String payer) {
        return payer.startsWith("0x") ? payer.toLowerCase(Locale.ROOT) : payer;
    }

    private static boolean isDone(Resolution resolution) {
        return resolution instanceof Resolution.Answered answered && answered.result() instanceof DeskResult.Done;
    }

    private void tell(GateEvent event) {
        try {
            events.on(event);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
        }
    }

    private static String id(PaymentRecord row) {
        return row.claim().paymentId();
    }

    private static String facilitator(PaymentRecord row) {
        @Nullable String asked = row.facilitator();
        return asked == null ? "" : asked;
    }
}
