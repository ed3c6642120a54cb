package io.farebox.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body stream of a paid resource: held, then passed on. */
final class GuardedStream extends ServletOutputStream {
    private final HttpServletResponse response;
    private final PaidExchange exchange;
    private @Nullable NonBlockingBody nonBlocking;
    private boolean ignoreFlush;
    private boolean closed;

    GuardedStream(HttpServletResponse response, PaidExchange exchange) {
        this.response = response;
        this.exchange = exchange;
    }

    boolean isNonBlocking() {
        return nonBlocking != null;
    }

    /** Runs something that flushes as a side effect, without taking that for the resource's wish. */
    void withoutFlush(Runnable task) {
        ignoreFlush = true;
        try {
            task.run();
        } finally {
            ignoreFlush = false;
        }
    }

    void finish(Runnable then) {
        NonBlockingBody body = nonBlocking;
        if (body != null) {
            body.finish(then);
        } else if (exchange.isHolding()) {
            Background.run(() -> {
                exchange.finish();
                then.run();
            });
        } else {
            exchange.finish();
            then.run();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) throw new IOException("the answer's stream is closed");
        if (nonBlocking != null) nonBlocking.write(bytes, offset, length);
        else exchange.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (ignoreFlush) return;
        if (nonBlocking != null) nonBlocking.flush();
        else exchange.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed || ignoreFlush) return;
        closed = true;
        if (nonBlocking != null) {
            nonBlocking.finish(() -> {});
            return;
        }
        exchange.finish();
        if (exchange.isPassing()) response.getOutputStream().close();
    }

    @Override
    public boolean isReady() {
        return nonBlocking == null || nonBlocking.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        if (nonBlocking != null) throw new IllegalStateException("there is a WriteListener already");
        try {
            nonBlocking = new NonBlockingBody(response, exchange, listener);
            nonBlocking.begin();
        } catch (IOException e) {
            throw new IllegalStateException("the container refuses its stream", e);
        }
    }
}
