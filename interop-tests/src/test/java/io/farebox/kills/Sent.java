package io.farebox.kills;

import io.farebox.chain.Eip3009Signer;
import io.farebox.testkit.facilitator.Authorization;

/** A payment that a client sent, and what the client knows of it. */
final class Sent {
    private final Eip3009Signer key;
    private final Authorization authorization;
    private volatile int status;
    private volatile int received;

    Sent(Eip3009Signer key, Authorization authorization) {
        this.key = key;
        this.authorization = authorization;
    }

    Eip3009Signer key() {
        return key;
    }

    Authorization authorization() {
        return authorization;
    }

    /** A whole answer came. */
    void answered(int with) {
        status = with;
    }

    /** No whole answer came, but so many bytes of its body. */
    void brokenOff(int bytes) {
        received = bytes;
    }

    /** Everything came that there was, whether or not the server lived to say that it was all. */
    boolean isServed() {
        return status == 200 || isWithoutEnd();
    }

    /** The body came whole; what ends it did not. */
    boolean isWithoutEnd() {
        return status == 0 && received == Streaming.LENGTH;
    }

    @Override
    public String toString() {
        return authorization + (status == 0 ? " cut off after " + received + " bytes" : " answered " + status);
    }
}
