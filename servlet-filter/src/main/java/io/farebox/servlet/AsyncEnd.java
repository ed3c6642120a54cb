package io.farebox.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** Ends the exchange when the container says that an asynchronous request is over. */
final class AsyncEnd implements AsyncListener {
    private final PaidExchange exchange;

    AsyncEnd(PaidExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        exchange.end("resource_error");
    }

    /** The resource's own listener may still make an answer, which settles or not by its status. */
    @Override
    public void onTimeout(AsyncEvent event) {
        if (exchange.isPassing()) exchange.failed("timeout");
    }

    @Override
    public void onError(AsyncEvent event) {
        if (!exchange.isPassing()) return;
        if (event.getThrowable() instanceof IOException) exchange.delivery().clientGone();
        else exchange.failed("resource_error");
    }

    /** Every cycle gets a listener of its own. */
    @Override
    public void onStartAsync(AsyncEvent event) {}
}
