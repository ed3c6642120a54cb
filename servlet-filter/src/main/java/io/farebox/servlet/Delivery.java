package io.farebox.servlet;

import org.jspecify.annotations.Nullable;

/**
 * What is known of how an answer got away. A client that leaves after the first byte of the body has been served; one that
 * left before has not, and neither has one whose answer the resource broke off.
 */
final class Delivery {
    private long promised = -1;
    private volatile long written;
    private volatile long accepted;
    private volatile boolean started;
    private volatile boolean bodyStarted;
    private volatile boolean clientGone;
    private volatile @Nullable String failure;

    /** The resource said how long its body is; negative to take it back. */
    void promise(long length) {
        promised = length;
    }

    long promised() {
        return promised;
    }

    /** The resource wrote so many bytes. */
    void wrote(int length) {
        written += length;
    }

    /** What was written was thrown away by the resource itself. */
    void restart() {
        written = 0;
        promised = -1;
    }

    /** The container took so many bytes; beyond its buffer they are on the wire. */
    void accepted(int length, int buffer) {
        accepted += length;
        if (accepted > buffer) {
            started = true;
            bodyStarted = true;
        }
    }

    /** What the container took is on the wire. */
    void flushed() {
        started = true;
        if (accepted > 0) bodyStarted = true;
    }

    /** The container makes and sends the rest itself. */
    void handedOver() {
        started = true;
        promised = -1;
    }

    void clientGone() {
        clientGone = true;
    }

    /** The resource, or the container on its behalf, gave up; the first reason counts. */
    void failed(String reason) {
        if (failure == null) failure = reason;
    }

    /** Why the answer counts as broken off, or null if it was delivered. */
    @Nullable
    String brokenOff(boolean head, int status) {
        if (clientGone) return bodyStarted ? null : "client_gone";
        if (failure != null) return failure;
        if (!started) return "not_sent";
        boolean body = !head && status != 204 && status != 304;
        return body && written < promised ? "truncated" : null;
    }
}
