package io.farebox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes note of buffers that nobody gave back; the system property {@code io.netty.customResourceLeakDetector} names it. */
public final class Leaks<T> extends ResourceLeakDetector<T> {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    /** As Netty makes it. */
    public Leaks(Class<?> type, int interval) {
        super(type, interval);
    }

    /** Made as Netty makes older ones. */
    public Leaks(Class<?> type, int interval, long maxActive) {
        super(type, interval);
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
        FOUND.add(type + ": " + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
        FOUND.add(type);
    }

    /** Demands that no buffer was lost so far. Detection itself happens when the next buffers are made. */
    static void requireNone() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            for (int n = 0; n < 200; n++) {
                io.netty.buffer.PooledByteBufAllocator.DEFAULT.buffer(16).release();
            }
        }
        assertThat(FOUND).isEmpty();
    }
}
