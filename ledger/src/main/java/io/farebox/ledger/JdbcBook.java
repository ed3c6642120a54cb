package io.farebox.ledger;

import io.farebox.gate.BalanceDesk;
import io.farebox.gate.Balances;
import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.PriceVersion;
import io.farebox.gate.PriceVersions;
import io.farebox.gate.SettledResult;
import io.farebox.gate.Tokens;
import io.farebox.outbox.Outbox;
import io.farebox.x402.SettleResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The book on a database: H2 in a file, which has one owner, or PostgreSQL, which replicas share. Writes of concurrent callers share
 * a commit. A caller waits five seconds at most; after that, as after any failure, it is told
 * {@link io.farebox.gate.BookUnavailableException}.
 */
public final class JdbcBook implements Book, PriceVersions, AutoCloseable {
    private static final int READERS = 2;
    private static final int CAPACITY = 2_048;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Disk disk;
    private final GroupCommit writer;
    private final BookReaders readers;
    private final JdbcWatchlist watchlist;

    private JdbcBook(Disk disk, GroupCommit writer, BookReaders readers) {
        this.disk = disk;
        this.writer = writer;
        this.readers = readers;
        this.watchlist = new JdbcWatchlist(writer);
    }

    /**
     * Opens the book and brings its tables up to date. Of a book that only one process may have open, all leases lapse: the
     * requests that held them died with the process before.
     *
     * @param url {@code jdbc:h2:file:PATH}; directories are made. Or {@code jdbc:postgresql://HOST/DATABASE?user=…&password=…},
     *     of which three connections are used
     * @throws BookOpenException if it cannot be opened, or is an H2 book that another process has open
     */
    public static JdbcBook open(String url) {
        return open(
                url.startsWith(PostgresUrl.PREFIX)
                        ? PostgresDisk.open(PostgresUrl.parse(url), READERS)
                        : H2Disk.open(H2Url.parse(url), READERS));
    }

    /**
     * Opens a shared book in a host's database, and brings its tables up to date: those whose names begin with {@code farebox_}
     * in the current schema.
     *
     * @param source leads to PostgreSQL; up to three of its connections are used at a time. It stays open when the book closes
     * @throws BookOpenException if it cannot be opened, or is no PostgreSQL
     */
    public static JdbcBook open(DataSource source) {
        return open(PostgresDisk.open(source));
    }

    private static JdbcBook open(Disk disk) {
        GroupCommit writer = new GroupCommit(disk, CAPACITY, PATIENCE);
        JdbcBook book = new JdbcBook(disk, writer, new BookReaders(disk, READERS, CAPACITY, PATIENCE));
        writer.start();
        try {
            // Of a shared book, others may be alive.
            if (!disk.isShared())
                writer.call(Touched.NOTHING, session -> session.lapseLeases() + SenderTable.lapse(session));
            return book;
        } catch (RuntimeException e) {
            book.close();
            throw new BookOpenException("the book could not be written; see the cause", e);
        }
    }

    /** What people do with this book. */
    public BookDesk desk() {
        return new JdbcDesk(writer, readers, watchlist);
    }

    /** What payers have paid ahead. */
    public Balances balances() {
        return new JdbcBalances(writer, readers);
    }

    /** What people do with balances. */
    public BalanceDesk balanceDesk() {
        return new JdbcBalanceDesk(writer, readers);
    }

    /** Prepaid credentials that name balances. */
    public Tokens tokens() {
        return new JdbcTokens(writer, readers);
    }

    /** What our own facilitator has taken on and sent. */
    public Outbox outbox() {
        return new JdbcOutbox(writer, readers);
    }

    /** Whether other processes may have the book open, too. */
    public boolean isShared() {
        return disk.isShared();
    }

    @Override
    public ClaimResult claim(ClaimRequest request) {
        return writer.call(Touched.by(request), session -> Claiming.claim(session, request));
    }

    /** What {@link #claim} would do, without doing it. Another process may change it at any time. */
    public Prospect foresee(ClaimRequest request) {
        return readers.call(session -> Claiming.foresee(session, request));
    }

    /** What a claim is answered while another request holds the payment outside the book; nothing is written. */
    public ClaimResult whileHeld(ClaimRequest request) {
        return readers.call(session -> Claiming.whileHeld(session, request));
    }

    /**
     * As {@link #settling} of a claim that the book has no row of: enters it in the same transaction, after a look at what became
     * of the payment meanwhile.
     */
    public boolean settling(Unwritten held, String facilitator, Instant until, Instant now) {
        return enter(held, now, Transitions.settling(facilitator, until, now));
    }

    /** As {@link #released} of a claim that the book has no row of. */
    public boolean released(Unwritten held, String reason, Instant now) {
        return enter(held, now, Transitions.released(reason));
    }

    /** As {@link #expired} of a claim that the book has no row of. */
    public boolean expired(Unwritten held, Instant now) {
        return enter(held, now, Transitions.expired());
    }

    /** Enters a claim as it is. */
    public boolean enter(Unwritten held) {
        return enter(held, held.updatedAt(), row -> row.state == PaymentState.CLAIMED);
    }

    private boolean enter(Unwritten held, Instant now, Transitions.Step step) {
        return writer.call(Touched.by(held.request()), session -> Claiming.enter(session, held, step, now));
    }

    @Override
    public boolean renew(Claim claim, Instant until, Instant now) {
        return step(claim, now, Transitions.renew(until));
    }

    @Override
    public boolean settling(Claim claim, String facilitator, Instant until, Instant now) {
        return step(claim, now, Transitions.settling(facilitator, until, now));
    }

    @Override
    public SettledResult settled(
            Claim claim, SettleResponse receipt, DeliveryState delivery, Instant owedUntil, Instant now) {
        return settle(claim, new Transitions.Settle(receipt, delivery, owedUntil, now, false, watchlist.watched()));
    }

    @Override
    public SettledResult settledOnChain(
            Claim claim, SettleResponse receipt, DeliveryState delivery, Instant owedUntil, Instant now) {
        return settle(claim, new Transitions.Settle(receipt, delivery, owedUntil, now, true, watchlist.watched()));
    }

    @Override
    public boolean unknown(Claim claim, String reason, Instant until, Instant now) {
        return step(claim, now, Transitions.unknown(reason, until));
    }

    @Override
    public boolean failed(Claim claim, String reason, Instant now) {
        return step(claim, now, Transitions.failed(reason));
    }

    @Override
    public boolean expired(Claim claim, Instant now) {
        return step(claim, now, Transitions.expired());
    }

    @Override
    public boolean released(Claim claim, String reason, Instant now) {
        return step(claim, now, Transitions.released(reason));
    }

    @Override
    public boolean delivered(Claim claim, Instant now) {
        return step(claim, now, Transitions.delivery(DeliveryState.COMPLETE));
    }

    @Override
    public boolean owed(Claim claim, Instant now) {
        return step(claim, now, Transitions.delivery(DeliveryState.OWED));
    }

    @Override
    public Optional<PaymentRecord> find(String key) {
        return readers.call(session -> Optional.ofNullable(session.find(key)).map(Row::toRecord));
    }

    @Override
    public List<PaymentRecord> takeOver(String owner, Instant until, Instant now, int limit) {
        return writer.call(Touched.NOTHING, session -> {
            List<PaymentRecord> taken = new ArrayList<>();
            for (Row row : session.lapsed(Millis.of(now), limit)) {
                row.takeOver(owner, until, now);
                session.save(row);
                taken.add(row.toRecord());
            }
            return taken;
        });
    }

    @Override
    public int lapseOwed(Instant now) {
        return writer.call(Touched.NOTHING, session -> {
            IdentifierTable.forget(session, Millis.of(now));
            RefusalTable.forget(session, Millis.of(now));
            TokenTable.forget(session, Millis.of(now));
            return session.lapseOwed(Millis.of(now));
        });
    }

    @Override
    public void countRefusal(String payer, Instant now) {
        writer.call(RefusalTable.touched(payer), session -> {
            RefusalTable.count(session, payer, Millis.of(now));
            return true;
        });
    }

    @Override
    public Set<String> refusedPayers(int atLeast, Instant now) {
        return readers.call(session -> RefusalTable.many(session, atLeast, Millis.of(now)));
    }

    @Override
    public void publish(PriceVersion version, String prices) {
        writer.call(Touched.NOTHING, session -> {
            VersionTable.publish(session, version, prices);
            return true;
        });
    }

    @Override
    public boolean offered(String id, String owner, Instant until) {
        return writer.call(Touched.NOTHING, session -> VersionTable.offered(session, id, owner, until));
    }

    @Override
    public List<PriceVersion> payable(Instant after) {
        return readers.call(session -> VersionTable.payable(session, after));
    }

    @Override
    public Optional<String> prices(String digest) {
        return readers.call(session -> VersionTable.prices(session, digest));
    }

    @Override
    public int forget(Instant until) {
        return writer.call(Touched.NOTHING, session -> VersionTable.forget(session, until));
    }

    private boolean step(Claim claim, Instant now, Transitions.Step step) {
        return writer.call(Touched.row(claim.key()), session -> {
            Row row = session.find(claim.key());
            if (row == null || !row.isHeldBy(claim) || !step.take(row)) return false;
            row.updatedAt = Millis.of(now);
            session.save(row);
            return true;
        });
    }

    private SettledResult settle(Claim claim, Transitions.Settle settle) {
        return writer.call(Touched.settlement(claim.key(), settle.receipt()), session -> {
            Row row = session.find(claim.key());
            return row == null || !row.isHeldBy(claim) ? SettledResult.LOST : settle.take(session, row);
        });
    }

    /** Writes what waits, then lets go of the database. Later calls are told that the book is unavailable. */
    @Override
    public void close() {
        writer.close();
        readers.close();
        disk.close();
    }
}
