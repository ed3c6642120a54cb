package io.farebox.gateway;

import io.farebox.gate.GateResponse;

/** The answer must not go, because it is not paid: whoever was writing it stops, and the gate's answer goes instead. */
final class NotSettledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient GateResponse response;

    NotSettledException(GateResponse response) {
        super("the payment was not settled", null, false, false);
        this.response = response;
    }

    GateResponse response() {
        return response;
    }
}
