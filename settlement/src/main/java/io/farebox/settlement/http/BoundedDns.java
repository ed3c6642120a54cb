package io.farebox.settlement.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the name of one facilitator with a time limit, which the platform's resolver lacks and no abort can enforce. One
 * look-up runs at a time and serves all who wait, on a platform thread: it blocks in native code.
 */
final class BoundedDns implements DnsResolver {
    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Lookup running;

    private record Lookup(String host, FutureTask<InetAddress[]> task) {}

    BoundedDns(Duration limit) {
        this.limit = limit;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            return lookup(host).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnknownHostException(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
    }

    private FutureTask<InetAddress[]> lookup(String host) {
        lock.lock();
        try {
            Lookup current = running;
            if (current != null
                    && current.host().equals(host)
                    && !current.task().isDone()) return current.task();
            FutureTask<InetAddress[]> task = new FutureTask<>(() -> SystemDefaultDnsResolver.INSTANCE.resolve(host));
            running = new Lookup(host, task);
            Thread.ofPlatform().daemon().name("farebox-dns").start(task);
            return task;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
