package io.farebox.settlement.http;

import io.farebox.gate.FacilitatorUnavailableException.Reach;

/** No reply, and whether the request may have been read. */
final class CallFailure extends Exception {
    private static final long serialVersionUID = 1;

    final Reach reach;
    final String reason;

    /** @param reason fixed code */
    CallFailure(Reach reach, String reason) {
        super(reason, null, false, false);
        this.reach = reach;
        this.reason = reason;
    }
}
