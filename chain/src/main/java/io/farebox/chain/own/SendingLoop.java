package io.farebox.chain.own;

import io.farebox.chain.lookup.ChainHead;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.outbox.SendingLease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Sends from one account on one network, as long as this process holds the lease and there is anything to do. A thread of its
 * own, from {@link #start} to {@link #close}.
 */
final class SendingLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OwnFacilitator.class.getName());

    /** Nodes keep so many transactions of one account that wait for a block, and more would not go faster. */
    private static final int MOST_WAITING = 8;

    private static final Duration FORGET = Duration.ofMinutes(10);

    private final OwnChain chain;
    private final Bell bell;
    private final Watch watch;
    private final Sending sending;
    private final Thread thread;
    private final Recovery recovery;
    private Instant forgotten = Instant.EPOCH;
    private boolean failing;
    private volatile boolean closed;

    SendingLoop(OwnChain chain, Bell bell) {
        this.chain = chain;
        this.bell = bell;
        this.watch = new Watch(chain);
        this.sending = new Sending(chain, watch);
        this.recovery = new Recovery(chain);
        this.thread = Thread.ofVirtual()
                .name("farebox-sender-" + chain.nodes().network())
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            Duration pause = chain.settings().pace().idle();
            long heard = bell.rings();
            try {
                if (round()) pause = chain.settings().pace().look();
                failing = false;
            } catch (ChainUnreadableException e) {
                chain.trouble().set(Trouble.UNREADABLE, chain.clock().instant());
            } catch (RuntimeException e) {
                if (!failing)
                    LOG.log(System.Logger.Level.WARNING, "a round of " + chain.sender() + " failed, going on", e);
                failing = true;
            }
            bell.awaitOrder(heard, pause);
        }
    }

    /** @return whether there is more to do soon */
    boolean round() throws ChainUnreadableException {
        if (!chain.outbox().hasWork(chain.sender())) {
            recovery.look();
            return false;
        }
        Instant now = chain.clock().instant();
        Optional<SendingLease> held = chain.outbox()
                .lead(
                        chain.sender(),
                        chain.settings().owner(),
                        now.plus(chain.settings().pace().lease()),
                        now);
        if (held.isEmpty()) return false;
        send(held.get());
        if (forgotten.plus(FORGET).isBefore(now)) {
            chain.outbox().forgetEnded(now);
            forgotten = now;
        }
        bell.ringEnds();
        return true;
    }

    private void send(SendingLease held) throws ChainUnreadableException {
        ChainHead head = chain.nodes().head();
        chain.trouble().over(Trouble.UNREADABLE, chain.clock().instant());
        long counted = chain.nodes().transactions(chain.key().address());
        int waiting = watch.look(held, head, counted);
        bell.ringEnds();
        Optional<SendingLease> lease = Optional.of(held);
        while (waiting < MOST_WAITING && !closed) {
            lease = sending.one(lease.get(), head, counted, waiting);
            if (lease.isEmpty()) return;
            waiting++;
        }
    }

    /** Waits for the round under way; what it stored and did not send is sent by the next process. */
    @Override
    public void close() {
        closed = true;
        bell.ringOrder();
        try {
            if (!thread.join(Duration.ofSeconds(15))) thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
