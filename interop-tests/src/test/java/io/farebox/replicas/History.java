package io.farebox.replicas;

import io.farebox.testkit.facilitator.Authorization;
import io.farebox.testkit.facilitator.ChargeLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What happened, in the order in which it was seen from outside: at the clients, the facilitator and the upstream. Thread-safe. */
final class History {
    /** Something that happened. */
    sealed interface Event {}

    /**
     * A client sends a payment.
     *
     * @param purchase what it wants to have, by a number of the payer's own; it may send several payments until it has it
     */
    record Sent(int attempt, String payer, int purchase, Authorization payment, int replica) implements Event {}

    /**
     * @param transaction of the receipt of a success, or empty
     * @param asksAgain whether the answer asks for another payment
     */
    record Answered(int attempt, int status, String transaction, boolean asksAgain) implements Event {}

    /** No answer came: the client gave up, or its connection broke. */
    record Ended(int attempt, String how) implements Event {}

    /** The facilitator charged. */
    record Charged(Authorization payment) implements Event {}

    /** The upstream ran for a payer. */
    record Ran(int replica, String payer) implements Event {}

    /** A replica was killed. */
    record Killed(int replica) implements Event {}

    /** Any other fault. */
    record Fault(String what) implements Event {}

    record Entry(long millis, Event event) {}

    private final LongSupplier clock;
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<Entry> entries = new ArrayList<>();

    History() {
        long begin = System.nanoTime();
        clock = () -> (System.nanoTime() - begin) / 1_000_000;
    }

    /** @param clock milliseconds */
    History(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized void add(Event event) {
        entries.add(new Entry(clock.getAsLong(), event));
    }

    /** Notes that a payment is sent; the number of the attempt. */
    int send(String payer, int purchase, Authorization payment, int replica) {
        int attempt = attempts.incrementAndGet();
        add(new Sent(attempt, payer, purchase, payment, replica));
        return attempt;
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    <E extends Event> List<E> all(Class<E> kind) {
        return entries().stream()
                .map(Entry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    Map<Integer, Sent> sent() {
        return all(Sent.class).stream().collect(Collectors.toMap(Sent::attempt, sent -> sent));
    }

    /** What concerns one payer, and the faults, a line each. */
    String of(String payer) {
        Map<Integer, Sent> sent = sent();
        return entries().stream()
                .filter(entry -> concerns(entry.event(), payer, sent))
                .map(entry -> "%8d ms  %s".formatted(entry.millis(), text(entry.event(), sent)))
                .collect(Collectors.joining("\n"));
    }

    private static boolean concerns(Event event, String payer, Map<Integer, Sent> sent) {
        return switch (event) {
            case Sent e -> e.payer().equals(payer);
            case Answered e -> sent.get(e.attempt()).payer().equals(payer);
            case Ended e -> sent.get(e.attempt()).payer().equals(payer);
            case Charged e -> e.payment().from().equals(payer);
            case Ran e -> e.payer().equals(payer);
            case Killed e -> true;
            case Fault e -> true;
        };
    }

    private static String text(Event event, Map<Integer, Sent> sent) {
        return switch (event) {
            case Sent e ->
                "attempt %d for purchase %d: %s to replica %d"
                        .formatted(e.attempt(), e.purchase(), name(e.payment()), e.replica());
            case Answered e ->
                "attempt %d: answered %d%s%s"
                        .formatted(
                                e.attempt(),
                                e.status(),
                                e.transaction().isEmpty() ? "" : ", receipt of " + e.transaction(),
                                e.asksAgain() ? ", asks for another payment" : "");
            case Ended e -> "attempt %d: %s".formatted(e.attempt(), e.how());
            case Charged e ->
                "facilitator: %s charged by %s".formatted(name(e.payment()), ChargeLedger.transaction(e.payment()));
            case Ran e -> "upstream: run for replica " + e.replica();
            case Killed e -> "FAULT replica " + e.replica() + " killed";
            case Fault e -> "FAULT " + e.what();
        };
    }

    /** Short, and enough to tell the payments of one payer apart. */
    static String name(Authorization payment) {
        return "payment " + payment.nonce().substring(2, 10);
    }
}
