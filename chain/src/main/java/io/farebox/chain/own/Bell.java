package io.farebox.chain.own;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the sender when there is an order, and those who wait for orders when any may have ended. Thread-safe. */
final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition order = lock.newCondition();
    private final Condition end = lock.newCondition();
    private long orders;

    long rings() {
        lock.lock();
        try {
            return orders;
        } finally {
            lock.unlock();
        }
    }

    void ringOrder() {
        lock.lock();
        try {
            orders++;
            order.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void ringEnds() {
        lock.lock();
        try {
            end.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns at once if it rang since that count. An interrupt ends the wait, and is kept. */
    void awaitOrder(long heard, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (orders == heard && left > 0) left = order.awaitNanos(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** @return false if the thread was interrupted */
    boolean awaitEnds(Duration atMost) {
        lock.lock();
        try {
            boolean rung = end.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return rung || atMost.isPositive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
