package io.farebox.replicas;

import io.farebox.x402.SchemePayload;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Buys again and again in a way of its own, and writes down what it does and sees. Confined to one thread. */
final class Customer {
    /** How a customer behaves when it is not served. */
    enum Manner {
        /** Waits for the answer and signs a new payment after every failure, as stock clients do. */
        NAIVE,
        /** Sends the same payment again, to any replica. */
        STUBBORN,
        /** Sends the same payment to all replicas at once, in different spellings; signs anew if nobody served it. */
        GREEDY,
        /** Hangs up when it takes a while, and signs anew at once. */
        HASTY
    }

    private static final int SAME_AGAIN = 8;

    private final Fleet fleet;
    private final History history;
    private final Shopper shopper;
    private final Manner manner;
    private final Random random;
    private final Payer payer = new Payer();
    private int purchases;

    Customer(Fleet fleet, History history, Shopper shopper, Manner manner, long seed) {
        this.fleet = fleet;
        this.history = history;
        this.shopper = shopper;
        this.manner = manner;
        this.random = new Random(seed);
    }

    Payer payer() {
        return payer;
    }

    /**
     * Begins purchases until one instant and has until another to bring the last one to an end.
     *
     * @return how many were served
     */
    int shop(Instant until, Instant end) {
        int served = 0;
        while (Instant.now().isBefore(until)) {
            if (buy(end)) served++;
            pause(20 + random.nextInt(150));
        }
        return served;
    }

    /** @return false if the time is over, or somebody else has used the payment up */
    private boolean buy(Instant end) {
        purchases++;
        String path = "/weather/city-" + random.nextInt(2);
        while (Instant.now().isBefore(end)) {
            Optional<Payer.Challenge> challenge = ask(path);
            if (challenge.isPresent()) {
                SchemePayload.Eip3009 payment = payer.sign(challenge.get());
                for (int i = 0; i < (manner == Manner.STUBBORN ? SAME_AGAIN : 1); i++) {
                    if (offer(path, challenge.get().spelling(), payment)) return true;
                    pause(manner == Manner.HASTY ? 1 : 100 + random.nextInt(200));
                }
            }
            pause(50);
        }
        return false;
    }

    private Optional<Payer.Challenge> ask(String path) {
        try {
            return Optional.of(shopper.ask(fleet.url(random.nextInt(Fleet.SIZE), path)));
        } catch (IOException e) {
            return Optional.empty(); // a replica is down
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private boolean offer(String path, Spelling spelling, SchemePayload.Eip3009 payment) {
        int first = random.nextInt(Fleet.SIZE);
        if (manner != Manner.GREEDY) return send(path, first, spelling.plain(1 + random.nextInt(2), payment), payment);
        List<Future<Boolean>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Fleet.SIZE; i++) {
                int replica = i;
                Spelling.Header header = spelling.any(payment, random);
                all.add(threads.submit(() -> send(path, replica, header, payment)));
            }
        }
        boolean served = false;
        for (Future<Boolean> each : all) served |= get(each);
        return served;
    }

    private boolean send(String path, int replica, Spelling.Header header, SchemePayload.Eip3009 payment) {
        int attempt = history.send(payer.address(), purchases, Payer.authorization(payment), replica);
        try {
            Shopper.Answer answer = shopper.pay(fleet.url(replica, path), header, patience());
            history.add(new History.Answered(
                    attempt, answer.status(), answer.transaction().orElse(""), answer.asksAgain()));
            return answer.status() == 200;
        } catch (HttpTimeoutException e) {
            history.add(new History.Ended(attempt, "hung up"));
        } catch (IOException e) {
            history.add(new History.Ended(attempt, "connection broke: " + e));
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return false;
    }

    private Duration patience() {
        return manner == Manner.HASTY ? Duration.ofMillis(20 + random.nextInt(600)) : Shopper.PATIENCE;
    }

    private static boolean get(Future<Boolean> one) {
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted");
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
