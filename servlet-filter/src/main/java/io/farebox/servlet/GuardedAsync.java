package io.farebox.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The asynchronous side of a paid request: completion settles first, on a thread that may wait. */
final class GuardedAsync implements AsyncContext {
    private final AsyncContext context;
    private final CommitGuard guard;
    private final AtomicBoolean completed = new AtomicBoolean();
    private volatile @Nullable Thread callback;

    GuardedAsync(AsyncContext context, CommitGuard guard) {
        this.context = context;
        this.guard = guard;
    }

    @Override
    public void complete() {
        if (!completed.compareAndSet(false, true)) return;
        if (Thread.currentThread() != callback) guard.finishLater(this::completeNow);
        else if (guard.finishIfBlocking()) completeNow();
    }

    private void completeNow() {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The container was faster, by a timeout for example; its listeners have ended the exchange.
        }
    }

    /**
     * Runs a listener that hears of a timeout or an error. What it does must be done when it returns, or the container makes
     * an error page of its own: so settlement waits on this thread.
     */
    void call(Callback listener) throws IOException {
        callback = Thread.currentThread();
        try {
            listener.run();
        } finally {
            callback = null;
        }
    }

    /** A listener's method. */
    interface Callback {
        void run() throws IOException;
    }

    @Override
    public void addListener(AsyncListener listener) {
        context.addListener(new GuardedListener(listener, this));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        context.addListener(new GuardedListener(listener, this), request, response);
    }

    @Override
    public ServletRequest getRequest() {
        return context.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return context.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return context.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        context.dispatch();
    }

    @Override
    public void dispatch(String path) {
        context.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext target, String path) {
        context.dispatch(target, path);
    }

    @Override
    public void start(Runnable task) {
        context.start(task);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return context.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        context.setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
        return context.getTimeout();
    }
}
