package io.farebox.settlement.reconcile;

import io.farebox.gate.Book;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.Facilitators;
import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.Pause;
import io.farebox.gate.PaymentRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finishes what requests left behind: claims that nobody lives to give back, deliveries that broke off with their process,
 * and settlements whose outcome is not known. Several may run on one book; the book hands each row to one of them.
 *
 * <p>An unknown outcome is looked up on the chain first, then asked for again at the facilitator that was asked before, with
 * the identical request: asking again cannot charge twice. A payment that turns out settled is owed to its payer.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Reconciler.class.getName());
    private static final long CLOSE_SECONDS = 40;

    private final ReconcilerSettings settings;
    private final Book book;
    private final Resolver resolver;
    private final InstantSource clock;
    private final Pause pause;
    private final Semaphore free;
    private final ExecutorService rows = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("farebox-reconcile-", 0).factory());
    private final AtomicBoolean bookDown = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean resting;
    private boolean closed;
    private volatile @Nullable Thread thread;
    private Instant lapsedAt = Instant.MIN;

    public Reconciler(
            ReconcilerSettings settings,
            Book book,
            Facilitators facilitators,
            OutcomeLookup lookup,
            GateListener events,
            InstantSource clock,
            Pause pause) {
        this.settings = settings;
        this.book = book;
        this.resolver = new Resolver(settings, book, facilitators, lookup, event -> tell(events, event), clock);
        this.clock = clock;
        this.pause = pause;
        this.free = new Semaphore(settings.atOnce());
    }

    /** Starts working in the background. */
    public void start() {
        thread = Thread.ofVirtual().name("farebox-reconciler").start(this::run);
    }

    private void run() {
        do begin();
        while (rest());
    }

    private boolean rest() {
        if (!setResting(true)) return false;
        boolean waited = pause.pause(settings.every());
        return setResting(false) && waited;
    }

    /** @return false once closed */
    private boolean setResting(boolean to) {
        lock.lock();
        try {
            resting = to;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** One pass. Waits until all rows that it took over are one step further. @return how many it took over */
    public int pass() {
        List<Future<?>> begun = begin();
        for (Future<?> row : begun) await(row);
        return begun.size();
    }

    /** Takes over as many rows as there is room for and begins to work on them. Never throws. */
    private List<Future<?>> begin() {
        List<Future<?>> begun = new ArrayList<>();
        try {
            lapse();
            for (PaymentRecord row : takeOver()) {
                free.acquireUninterruptibly();
                begun.add(rows.submit(() -> work(row)));
            }
            bookDown.set(false);
        } catch (BookUnavailableException e) {
            tellDown(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a pass over the open payments failed; the next one tries again", e);
        }
        return begun;
    }

    /** What is owed first: it is quick, and its payers may be waiting. */
    private List<PaymentRecord> takeOver() {
        int room = free.availablePermits();
        if (room == 0) return List.of();
        Instant now = clock.instant();
        List<PaymentRecord> taken =
                new ArrayList<>(book.takeOver(settings.owner(), now.plus(settings.lease()), now, room));
        taken.sort((a, b) -> Boolean.compare(isRunning(b), isRunning(a)));
        return taken;
    }

    private static boolean isRunning(PaymentRecord row) {
        return row.delivery() == DeliveryState.RUNNING;
    }

    private void work(PaymentRecord row) {
        try {
            resolver.resolve(row);
        } catch (BookUnavailableException e) {
            tellDown(e);
        } catch (RuntimeException e) {
            // Its lease lapses, and it is taken over again.
            LOG.log(
                    Level.ERROR,
                    "payment " + row.claim().paymentId() + " could not be reconciled; it is tried again",
                    e);
        } finally {
            free.release();
        }
    }

    private void lapse() {
        Instant now = clock.instant();
        if (lapsedAt.isAfter(now.minus(settings.lapseEvery()))) return;
        int lapsed = book.lapseOwed(now);
        lapsedAt = now;
        if (lapsed > 0) LOG.log(Level.WARNING, "{0} paid runs were not fetched in time: refunds are due", lapsed);
    }

    private void tellDown(BookUnavailableException e) {
        if (bookDown.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "the book cannot be reached; open payments wait until it can", e);
        }
    }

    private static void tell(GateListener events, GateEvent event) {
        try {
            events.on(event);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a listener failed", e);
        }
    }

    private static void await(Future<?> row) {
        try {
            row.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Takes over nothing more and waits, for a while, for what is under way. */
    @Override
    public void close() {
        wake();
        rows.shutdown();
        try {
            if (!rows.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "payments were still being reconciled; another process takes them over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts a rest, and nothing else: a thread that is interrupted in an embedded database closes its file. */
    private void wake() {
        lock.lock();
        try {
            closed = true;
            if (resting && thread != null) thread.interrupt();
        } finally {
            lock.unlock();
        }
    }
}
