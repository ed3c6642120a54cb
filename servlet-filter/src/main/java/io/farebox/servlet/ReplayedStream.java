package io.farebox.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** First the bytes that we have read, then what the container still has. */
final class ReplayedStream extends ServletInputStream {
    private final byte[] start;
    private final ServletInputStream rest;
    private int position;

    ReplayedStream(byte[] start, ServletInputStream rest) {
        this.start = start;
        this.rest = rest;
    }

    private boolean isReplaying() {
        return position < start.length;
    }

    @Override
    public int read() throws IOException {
        return isReplaying() ? start[position++] & 0xFF : rest.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!isReplaying()) return rest.read(bytes, offset, length);
        int taken = Math.min(length, start.length - position);
        System.arraycopy(start, position, bytes, offset, taken);
        position += taken;
        return taken;
    }

    @Override
    public int available() throws IOException {
        return isReplaying() ? start.length - position : rest.available();
    }

    @Override
    public boolean isFinished() {
        return !isReplaying() && rest.isFinished();
    }

    @Override
    public boolean isReady() {
        return isReplaying() || rest.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        rest.setReadListener(new Replaying(listener));
    }

    /** Offers our bytes before it passes the container's word on, which may well be that all is read. */
    private final class Replaying implements ReadListener {
        private final ReadListener listener;

        Replaying(ReadListener listener) {
            this.listener = listener;
        }

        @Override
        public void onDataAvailable() throws IOException {
            listener.onDataAvailable();
        }

        @Override
        public void onAllDataRead() throws IOException {
            if (isReplaying()) listener.onDataAvailable();
            listener.onAllDataRead();
        }

        @Override
        public void onError(Throwable problem) {
            listener.onError(problem);
        }
    }
}
