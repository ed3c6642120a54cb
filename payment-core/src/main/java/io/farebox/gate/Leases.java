package io.farebox.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Renews the claims of living requests, so that a lease can be short (a crash is noticed soon) while a download may take hours.
 * Holds as many grants as there are requests in flight; most end before their first renewal.
 */
final class Leases implements AutoCloseable {
    /** How long a claim holds without a sign of life: with what comes after, payments of a killed process are at rest within a minute. */
    static final Duration LEASE = Duration.ofSeconds(40);

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /** With less than that left it is renewed, so that a book may be away for twenty seconds at any time. */
    private static final Duration DUE = Duration.ofSeconds(30);

    private static final int TOGETHER = 256;
    private static final System.Logger LOG = System.getLogger(Leases.class.getName());

    private final Book book;
    private final InstantSource clock;
    private final Set<Grant> living = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    Leases(Book book, InstantSource clock) {
        this.book = book;
        this.clock = clock;
        Thread.ofVirtual().name("farebox-leases").start(this::run);
    }

    void keep(Grant grant) {
        living.add(grant);
    }

    void drop(Grant grant) {
        living.remove(grant);
    }

    int size() {
        return living.size();
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) renewAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Renews what is due. What has ended is somebody else's. */
    void renewAll() {
        Instant now = clock.instant();
        List<Grant> due = living.stream()
                .filter(grant -> !grant.ended.get() && !grant.leaseUntil.isAfter(now.plus(DUE)))
                .toList();
        for (int from = 0; from < due.size(); from += TOGETHER) {
            if (renewed(due.subList(from, Math.min(from + TOGETHER, due.size())))) continue;
            // Whatever it was, the next round tries again.
            LOG.log(System.Logger.Level.WARNING, "leases could not be renewed: the book is unavailable");
            return;
        }
    }

    /** At once, so that they share a commit: one after the other, thousands of them would outlast their leases. */
    private boolean renewed(List<Grant> grants) {
        AtomicBoolean failed = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Grant grant : grants) threads.execute(() -> renew(grant, failed));
        }
        return !failed.get();
    }

    private void renew(Grant grant, AtomicBoolean failed) {
        try {
            Instant now = clock.instant();
            if (book.renew(grant.claim, now.plus(LEASE), now)) grant.leaseUntil = now.plus(LEASE);
        } catch (RuntimeException e) {
            failed.set(true);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
