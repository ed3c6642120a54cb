package io.farebox.servlet;

import java.io.IOException;

/**
 * Told to a resource that goes on writing after its answer was thrown away because the payment did not settle. The client has
 * its answer already; all that is left to do is to stop. Carries no stack trace: it is an expected event.
 */
public final class PaymentNotSettledException extends IOException {
    private static final long serialVersionUID = 1;

    PaymentNotSettledException() {
        super("the payment for this request did not settle: its answer was replaced and nothing more is sent");
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
