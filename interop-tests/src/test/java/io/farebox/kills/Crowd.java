package io.farebox.kills;

import io.farebox.chain.Eip3009Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Clients that pay one after the other, each payment by a payer of its own, until the process has gone. */
final class Crowd {
    private final int port;
    private final Offer offer;
    private final IntConsumer firstBytes;
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight;
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    /** @param firstBytes hears of each answer whose body begins, with its status */
    Crowd(int port, Offer offer, AtomicInteger inFlight, IntConsumer firstBytes) {
        this.port = port;
        this.offer = offer;
        this.inFlight = inFlight;
        this.firstBytes = firstBytes;
    }

    void come(int many) {
        for (int i = 0; i < many; i++) clients.add(Thread.ofVirtual().start(this::payOn));
    }

    /** No new payments; waits until those in flight have come to their end. */
    List<Sent> leave() throws InterruptedException {
        over = true;
        for (Thread client : clients) client.join();
        return List.copyOf(sent);
    }

    private void payOn() {
        while (!over) {
            try (Wire wire = new Wire(port)) {
                while (!over) pay(wire);
            } catch (IOException | UncheckedIOException e) {
                // Cut off; another connection, if there is still somebody.
            }
        }
    }

    private void pay(Wire wire) throws IOException {
        Eip3009Signer key = Eip3009Signer.random();
        Offer.Signed payment = offer.sign(key);
        Sent mine = new Sent(key, payment.authorization());
        sent.add(mine);
        inFlight.incrementAndGet();
        try {
            mine.answered(
                    wire.get(Streaming.PATH, firstBytes::accept, payment.line()).status());
        } catch (IOException e) {
            mine.brokenOff(wire.received());
            throw e;
        } finally {
            inFlight.decrementAndGet();
        }
    }
}
