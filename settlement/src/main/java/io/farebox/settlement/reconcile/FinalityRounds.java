package io.farebox.settlement.reconcile;

import io.farebox.gate.BookDesk;
import io.farebox.gate.DeskAct;
import io.farebox.gate.DeskResult;
import io.farebox.gate.FinalityLookup;
import io.farebox.gate.FinalityLookup.Standing;
import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import io.farebox.gate.Pause;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.Watchlist;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Looks at charged payments again until their blocks are final, and reverses those of which all nodes show at a final block that they
 * have not happened and cannot happen any more. Whatever is less certain stays as it is and is looked at again. Several processes may
 * do so on one book; each payment is handed to one of them. Used by one thread.
 */
public final class FinalityRounds implements Runnable {
    /** How often it is looked after. */
    public static final Duration EVERY = Duration.ofSeconds(15);

    /** Payments of a network that are looked at in one go. */
    static final int AT_MOST = 64;

    /** Longer than a go can last: each look takes 10 s at most. */
    static final Duration LEASE = Duration.ofMinutes(5);

    private static final int TOGETHER = 8;
    private static final Duration REST = Duration.ofSeconds(1);
    private static final String BY = "farebox";
    private static final String NOTE =
            "all nodes: at a final block its transfer is not on the chain, and its window is over or its nonce is used otherwise";
    private static final Logger LOG = System.getLogger(FinalityRounds.class.getName());

    private final BookDesk desk;
    private final Watchlist watchlist;
    private final FinalityLookup chains;
    private final GateListener events;
    private final InstantSource clock;
    private final Pause pause;
    private final LookTimes times = new LookTimes();

    /** Has what is charged from now on put on the book's list where it can be looked at. */
    public FinalityRounds(BookDesk desk, FinalityLookup chains, GateListener events, InstantSource clock, Pause pause) {
        this.desk = desk;
        this.watchlist = desk.watchlist();
        this.chains = chains;
        this.events = events;
        this.clock = clock;
        this.pause = pause;
        watchlist.watch(chains.networks());
    }

    /** Looks until nothing is due. @throws io.farebox.gate.BookUnavailableException if the book fails */
    @Override
    public void run() {
        while (pass() >= AT_MOST && pause.pause(REST)) {}
    }

    /** @return how many payments were due */
    int pass() {
        if (chains.networks().isEmpty()) return 0;
        Instant now = clock.instant();
        List<PaymentRecord> due = watchlist.takeDue(chains.networks(), now.plus(LEASE), now, AT_MOST);
        Map<String, Instant> later = new ConcurrentHashMap<>();
        Queue<String> over = new ConcurrentLinkedQueue<>();
        try (ExecutorService looks =
                Executors.newFixedThreadPool(TOGETHER, Thread.ofVirtual().factory())) {
            for (PaymentRecord row : due) looks.execute(() -> look(row, later, over));
        }
        watchlist.postpone(later);
        watchlist.drop(over);
        return due.size();
    }

    private void look(PaymentRecord row, Map<String, Instant> later, Queue<String> over) {
        String key = row.claim().key();
        Instant early = times.notBefore(row);
        if (early.isAfter(clock.instant())) {
            later.put(key, early);
            return;
        }
        try {
            switch (chains.lookAgain(row)) {
                case Standing.Final stands -> over.add(key);
                case Standing.OffChain none -> over.add(key);
                case Standing.Waiting waits -> later.put(key, times.afterWaiting(row, waits, clock.instant()));
                case Standing.NotKnown notKnown -> later.put(key, times.afterNothing(row, clock.instant()));
                case Standing.Undone undone -> {
                    reverse(row);
                    over.add(key);
                }
            }
        } catch (RuntimeException e) {
            // It is taken again when its lease is over.
            LOG.log(Level.ERROR, "payment " + row.claim().paymentId() + " could not be looked at again", e);
        }
    }

    private void reverse(PaymentRecord row) {
        Instant now = clock.instant();
        DeskResult result =
                desk.act(new DeskAct(row.claim().paymentId(), new DeskAct.Reversed(), true, now, now, BY, NOTE));
        if (!(result instanceof DeskResult.Done)) return;
        LOG.log(
                Level.WARNING,
                "payment {0} is reversed: {1} shows at a final block that it was not charged, or not to us",
                row.claim().paymentId(),
                row.network());
        events.on(new GateEvent.Reversed(
                row.routeId(), row.claim().paymentId(), row.network(), row.asset(), row.amount()));
    }
}
