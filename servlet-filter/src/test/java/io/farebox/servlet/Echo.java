package io.farebox.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads without blocking and writes back what it read. */
final class Echo implements ReadListener {
    private final AsyncContext context;
    private final ServletInputStream in;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    Echo(AsyncContext context, ServletInputStream in) {
        this.context = context;
        this.in = in;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] part = new byte[1000];
        while (in.isReady() && !in.isFinished()) {
            int n = in.read(part);
            if (n < 0) return;
            read.write(part, 0, n);
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        context.getResponse().getOutputStream().write(read.toByteArray());
        context.complete();
    }

    @Override
    public void onError(Throwable problem) {
        context.complete();
    }
}
