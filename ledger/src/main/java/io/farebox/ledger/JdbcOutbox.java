package io.farebox.ledger;

import io.farebox.outbox.Dispatch;
import io.farebox.outbox.NewOrder;
import io.farebox.outbox.Order;
import io.farebox.outbox.OrderEnd;
import io.farebox.outbox.Outbox;
import io.farebox.outbox.Sender;
import io.farebox.outbox.SendingLease;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outbox in the book's database. What the holder of a lease writes is one transaction with the look whether it holds it. */
final class JdbcOutbox implements Outbox {
    private final GroupCommit writer;
    private final BookReaders readers;

    JdbcOutbox(GroupCommit writer, BookReaders readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Order submit(NewOrder order, Instant now) {
        return writer.call(OrderTable.touched(order.key()), session -> OrderTable.submit(session, order, now));
    }

    @Override
    public Optional<Order> find(String key) {
        return readers.call(session -> Optional.ofNullable(OrderTable.find(session, key)));
    }

    @Override
    public boolean withdraw(String key, Instant now) {
        return writer.call(OrderTable.touched(key), session -> OrderTable.withdraw(session, key, now));
    }

    @Override
    public boolean hasWork(Sender sender) {
        return readers.call(
                session -> OrderTable.isAnyOpen(session, sender) || DispatchTable.isAnyOpen(session, sender));
    }

    @Override
    public Optional<String> troubleOf(Sender sender) {
        return readers.call(session -> SenderTable.troubleOf(session, sender));
    }

    @Override
    public Optional<SendingLease> lead(Sender sender, String owner, Instant until, Instant now) {
        return writer.call(
                SenderTable.touched(sender), session -> SenderTable.lead(session, sender, owner, until, now));
    }

    @Override
    public boolean trouble(SendingLease lease, @Nullable String code) {
        return held(lease, session -> {
            SenderTable.trouble(session, lease.sender(), code);
            return true;
        });
    }

    @Override
    public List<Order> take(SendingLease lease, int most, Instant now) {
        return writer.call(
                SenderTable.touched(lease.sender()),
                session -> SenderTable.isHeld(session, lease)
                        ? OrderTable.take(session, lease.sender(), most, now)
                        : List.of());
    }

    @Override
    public boolean store(SendingLease lease, Dispatch first, List<String> keys, Instant now) {
        return held(lease, session -> {
            for (String key : keys) {
                if (!OrderTable.sent(session, key, first.nonce(), first.hash(), now))
                    throw new IllegalStateException("an order was not taken before it was put into a transaction");
            }
            DispatchTable.insert(session, lease.sender(), first);
            SenderTable.next(session, lease.sender(), first.nonce() + 1);
            return true;
        });
    }

    @Override
    public boolean replace(SendingLease lease, Dispatch next, Instant now) {
        return held(lease, session -> {
            if (!DispatchTable.isOpen(session, lease.sender(), next.nonce())) return false;
            DispatchTable.insert(session, lease.sender(), next);
            OrderTable.rename(session, lease.sender(), next.nonce(), next.hash(), now);
            return true;
        });
    }

    @Override
    public List<Dispatch> open(Sender sender) {
        return readers.call(session -> DispatchTable.open(session, sender));
    }

    @Override
    public List<Order> ordersOf(Sender sender, long nonce) {
        return readers.call(session -> OrderTable.byNonce(session, sender, nonce));
    }

    @Override
    public boolean conclude(SendingLease lease, Collection<OrderEnd> ends, Instant now) {
        return held(lease, session -> {
            for (OrderEnd end : ends) OrderTable.end(session, end, now);
            return true;
        });
    }

    @Override
    public boolean close(SendingLease lease, long nonce, BigInteger cost, Instant now) {
        return held(lease, session -> {
            DispatchTable.close(session, lease.sender(), nonce, cost);
            OrderTable.redact(session, lease.sender(), nonce);
            return true;
        });
    }

    @Override
    public BigInteger spentSince(Sender sender, Instant since) {
        return readers.call(session -> DispatchTable.spentSince(session, sender, since));
    }

    @Override
    public int forgetEnded(Instant now) {
        return writer.call(
                Touched.housekeeping(),
                session -> OrderTable.forget(session, now) + DispatchTable.forget(session, now));
    }

    private boolean held(SendingLease lease, Pending.Work<Boolean> work) {
        return writer.call(
                SenderTable.touched(lease.sender()),
                session -> SenderTable.isHeld(session, lease) && work.run(session));
    }
}
