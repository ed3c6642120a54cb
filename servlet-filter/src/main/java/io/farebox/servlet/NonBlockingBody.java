package io.farebox.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of a resource that writes without blocking. While nobody has paid it is ready as long as there is room to hold
 * what it writes; then it is not ready until a thread of our own has settled and sent what was held. From there on it is as
 * ready as the container is.
 */
final class NonBlockingBody implements WriteListener {
    private static final int PART = 4096;

    private final HttpServletResponse response;
    private final PaidExchange exchange;
    private final WriteListener listener;
    private final ServletOutputStream out;
    private final AtomicBoolean settling = new AtomicBoolean();
    private final ReentrantLock calling = new ReentrantLock();
    private volatile boolean full;
    private volatile boolean prepared;
    private volatile boolean sent;
    private byte[] pending = {};
    private int position;
    private boolean told;
    private volatile @Nullable Runnable then;

    NonBlockingBody(HttpServletResponse response, PaidExchange exchange, WriteListener listener) throws IOException {
        this.response = response;
        this.exchange = exchange;
        this.listener = listener;
        this.out = response.getOutputStream();
    }

    void begin() {
        out.setWriteListener(this);
    }

    boolean isReady() {
        if (exchange.isHolding()) return !full && !settling.get();
        return sent && exchange.isPassing() && out.isReady();
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        if (exchange.isHolding()) {
            if (settling.get()) throw new IllegalStateException("write without isReady()");
            full = !exchange.hold(bytes, offset, length);
            if (full) settle(false);
        } else if (exchange.isPassing()) {
            exchange.delivery().wrote(length);
            out.write(bytes, offset, length);
            exchange.delivery().accepted(length, response.getBufferSize());
        } else {
            throw new PaymentNotSettledException();
        }
    }

    void flush() throws IOException {
        if (exchange.isHolding()) settle(false);
        else if (exchange.isPassing() && sent && out.isReady()) out.flush();
    }

    /** The resource is done; {@code task} runs when all is sent. */
    void finish(Runnable task) {
        then = task;
        if (exchange.isHolding()) settle(true);
        else if (sent) pump();
    }

    private void settle(boolean whole) {
        if (!settling.compareAndSet(false, true)) return;
        int status = response.getStatus();
        Background.run(() -> {
            exchange.settle(status, whole);
            pending = exchange.takePending();
            prepared = true;
            pump();
        });
    }

    @Override
    public void onWritePossible() throws IOException {
        if (!settling.get()) call();
        else if (prepared) pump();
    }

    @Override
    public void onError(Throwable problem) {
        exchange.delivery().clientGone();
        listener.onError(problem);
    }

    /**
     * Sends what was held as far as the container takes it; the container calls again when it takes more. One call at a time:
     * ours may come while the container's first one is still returning.
     */
    private void pump() {
        calling.lock();
        try {
            if (!sentPending()) return;
            sent = true;
            if (exchange.isClosed()) {
                tellOnce();
                runThen();
            } else if (then != null) {
                exchange.delivery().flushed();
                runThen();
            } else if (out.isReady()) {
                listener.onWritePossible();
            }
        } catch (IOException | IllegalStateException e) {
            onError(e);
            runThen();
        } finally {
            calling.unlock();
        }
    }

    /** What the listener does may well bring us here again. */
    private void tellOnce() {
        if (told) return;
        told = true;
        listener.onError(new PaymentNotSettledException());
    }

    private void runThen() {
        Runnable task = then;
        then = null;
        if (task != null) task.run();
    }

    private boolean sentPending() throws IOException {
        while (position < pending.length) {
            if (!out.isReady() && !hasLostListener()) return false;
            int length = Math.min(PART, pending.length - position);
            out.write(pending, position, length);
            position += length;
            if (exchange.isPassing()) exchange.delivery().accepted(length, response.getBufferSize());
        }
        return true;
    }

    /**
     * Tomcat 10.1 forgets the listener when the response is reset, which makes the stream a blocking one that is never ready.
     * A container that still knows it is ready for a first write. We are on a thread of our own, so blocking is no harm.
     */
    private boolean hasLostListener() {
        return exchange.isClosed() && position == 0;
    }

    private void call() throws IOException {
        calling.lock();
        try {
            listener.onWritePossible();
        } finally {
            calling.unlock();
        }
    }
}
