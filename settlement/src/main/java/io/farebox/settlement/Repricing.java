package io.farebox.settlement;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import io.farebox.gate.PriceVersion;
import io.farebox.pricing.Completion;
import io.farebox.pricing.ConfigProblem;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;
import io.farebox.pricing.PriceDiff;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts other prices in force: because the configuration was changed, or because facilitators support something else, Solana's fee
 * payer above all. A book is written down first, so that every replica takes payments for it; is offered a moment later; and
 * what it replaces stays payable for as long as its payers were told. Thread-safe.
 */
final class Repricing implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Repricing.class.getName());

    /** How many price lists may be payable at once, and how many prices in them; beyond that a change waits until some lapse. */
    static final int MOST_LISTS = 256;

    static final int MOST_PRICES = 50_000;

    private final LivePrices live;
    private final PriceExchange exchange;
    private final Completion completion;
    private final Replicas replicas;
    private final GateListener events;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    // all below: under the lock
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<OtherPrices> replaced = new ArrayList<>();
    private Version offered;
    private FareboxConfig wanted;
    private boolean dirty;
    private boolean crowded;
    private boolean failing;
    private Instant lastName;
    private Instant heardAt;

    /** A version that is published and will be offered. */
    private record Pending(Version version, PriceDiff diff, Instant due) {}

    private Repricing(
            LivePrices live,
            Version offered,
            PriceExchange exchange,
            Completion completion,
            Replicas replicas,
            GateListener events,
            InstantSource clock,
            Instant heardAt) {
        this.live = live;
        this.offered = offered;
        this.wanted = offered.book().config();
        this.exchange = exchange;
        this.completion = completion;
        this.replicas = replicas;
        this.events = events;
        this.clock = clock;
        this.lastName = PriceVersion.published(offered.id());
        this.heardAt = heardAt;
    }

    /**
     * Begins with the prices of a configuration. Where replicas offer other ones, the caller must wait for
     * {@link Replicas#lead} before it offers these.
     *
     * @throws BookUnavailableException if they cannot be written down
     */
    static Repricing begin(
            FareboxConfig config,
            Completion completion,
            PriceExchange exchange,
            Replicas replicas,
            GateListener events,
            InstantSource clock) {
        Instant now = clock.instant();
        Version first = version(config, completion, now.truncatedTo(ChronoUnit.MILLIS));
        var live = new LivePrices(first.book(), replicas, now);
        var repricing = new Repricing(live, first, exchange, completion, replicas, events, clock, now);
        exchange.hear(List.of(first), now);
        exchange.publish(first, now);
        repricing.show(now);
        warn(first.book(), List.of());
        return repricing;
    }

    LivePrices live() {
        return live;
    }

    /** Whether a replica offers the same already, so that its payers are known everywhere. */
    boolean isOfferedElsewhere() {
        lock.lock();
        try {
            return exchange.heard().containsKey(offered.digest());
        } finally {
            lock.unlock();
        }
    }

    /** What a changed configuration is compared with. */
    FareboxConfig wanted() {
        lock.lock();
        try {
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /** Takes over a configuration whose {@link PriceDiff} to {@link #wanted} needs no restart; at once, or in the next rounds. */
    void take(FareboxConfig config) {
        lock.lock();
        try {
            wanted = config;
            dirty = true;
            round();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the book anew and offers it if it sells anything else. Cheap enough to be called after every answer. */
    void refresh() {
        lock.lock();
        try {
            dirty = true;
            round();
        } finally {
            lock.unlock();
        }
    }

    /** Does what is due. Never throws: what fails is tried again in the next round. */
    void round() {
        lock.lock();
        try {
            Instant now = clock.instant();
            offerDue(now);
            hear(now);
            show(now);
            if (dirty) publishWanted(now);
            offerDue(clock.instant());
            exchange.keep(offered, now);
            failing = false;
        } catch (BookUnavailableException e) {
            if (!failing) LOG.log(Level.WARNING, "prices cannot be told to the book, trying on: {0}", e.getMessage());
            failing = true;
        } finally {
            lock.unlock();
        }
    }

    private void hear(Instant now) {
        if (!replicas.shared() || now.isBefore(heardAt.plus(replicas.every()))) return;
        List<Version> own = new ArrayList<>(List.of(offered));
        pending.forEach(each -> own.add(each.version()));
        exchange.hear(own, now);
        heardAt = now;
    }

    /** Lets requests see what is offered, and what counts beside it. */
    private void show(Instant now) {
        replaced.removeIf(other -> other.isOver(now));
        live.set(offered.book(), others(now), exchange.heardNames(), heardAt);
    }

    private Collection<OtherPrices> others(Instant now) {
        Map<String, OtherPrices> all = exchange.heard();
        replaced.forEach(other -> all.merge(other.digest(), other, OtherPrices::and));
        all.remove(offered.digest());
        all.values().removeIf(other -> other.isOver(now));
        return all.values();
    }

    private void publishWanted(Instant now) {
        Version latest = pending.isEmpty() ? offered : pending.getLast().version();
        Instant millis = now.truncatedTo(ChronoUnit.MILLIS);
        Instant name = millis.isAfter(lastName) ? millis : lastName.plusMillis(1);
        Version next = version(wanted, completion, name);
        PriceDiff diff = PriceDiff.between(latest.book().config(), wanted);
        if (diff.isEmpty() && next.digest().equals(latest.digest())) {
            dirty = false;
            return;
        }
        if (isCrowded(next, now)) return;
        exchange.publish(next, now);
        dirty = false;
        lastName = name;
        // Counted from here: only now can the others read it, however long the book took.
        pending.add(new Pending(next, diff, clock.instant().plus(replicas.lead())));
    }

    private static Version version(FareboxConfig config, Completion completion, Instant name) {
        return Version.of(PriceBook.from(config, completion, PriceVersion.id(name, PriceBook.contentName(config))));
    }

    /** Whoever changes prices all the time must not fill the memory with what is payable still. */
    private boolean isCrowded(Version next, Instant now) {
        Collection<OtherPrices> others = others(now);
        int prices = next.prices().size() + offered.prices().size();
        for (OtherPrices other : others) prices += other.prices().size();
        boolean full = !others.isEmpty() && (others.size() + pending.size() >= MOST_LISTS || prices > MOST_PRICES);
        if (full && !crowded) {
            LOG.log(
                    Level.WARNING,
                    "prices change so often that {0} price lists are payable at once; further changes wait until some of"
                            + " them lapse",
                    others.size());
        }
        crowded = full;
        return full;
    }

    private void offerDue(Instant now) {
        while (!pending.isEmpty() && !now.isBefore(pending.getFirst().due())) offer(pending.removeFirst(), now);
    }

    private void offer(Pending next, Instant now) {
        Version old = offered;
        replaced.removeIf(other -> other.digest().equals(old.digest()));
        replaced.add(new OtherPrices(old.id(), old.digest(), old.prices(), now));
        exchange.end(old.id(), now);
        offered = next.version();
        show(now);
        List<String> changes = next.diff().changes();
        if (changes.isEmpty()) {
            LOG.log(Level.INFO, "the offers follow what the facilitators support now");
        } else {
            LOG.log(Level.INFO, "prices {0} are in force:{1}{2}", offered.id(), System.lineSeparator(), next.diff());
        }
        warn(offered.book(), old.book().warnings());
        tell(new GateEvent.PricesReloaded(offered.id(), Math.max(1, changes.size())));
    }

    private void tell(GateEvent event) {
        try {
            events.on(event);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a listener failed on an event", e);
        }
    }

    private static void warn(PriceBook book, List<ConfigProblem> told) {
        book.warnings().stream()
                .filter(warning -> !told.contains(warning))
                .forEach(warning -> LOG.log(Level.WARNING, warning.toString()));
    }

    /** Tells the others that this replica offers nothing any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            exchange.end(offered.id(), clock.instant());
            exchange.writeEnds();
        } catch (BookUnavailableException e) {
            // Then the others take it for offered until its lease is over.
        } finally {
            lock.unlock();
        }
    }
}
