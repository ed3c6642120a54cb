package io.farebox.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** Shows a resource's listener our asynchronous context, not the container's, whose {@code complete} would not settle. */
final class GuardedListener implements AsyncListener {
    private final AsyncListener listener;
    private final GuardedAsync context;

    GuardedListener(AsyncListener listener, GuardedAsync context) {
        this.listener = listener;
        this.context = context;
    }

    private AsyncEvent guarded(AsyncEvent event) {
        return new AsyncEvent(context, event.getSuppliedRequest(), event.getSuppliedResponse(), event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
        listener.onComplete(guarded(event));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        context.call(() -> listener.onTimeout(guarded(event)));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        context.call(() -> listener.onError(guarded(event)));
    }

    /** The new cycle's context is made by our request; the container's own is handed on as it is. */
    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
        listener.onStartAsync(event);
    }
}
