package io.farebox.gate;

/** What became of a payment. */
public enum PaymentState {
    /** A request holds it; nothing was sent. */
    CLAIMED,
    /** Given back; nothing was sent. May be claimed again. */
    RELEASED,
    /** Settlement was, or may have been, asked for. */
    SETTLING,
    /** Charged. */
    SETTLED,
    /** Certainly not charged. May be claimed again. */
    FAILED,
    /** Nobody can tell yet. */
    UNKNOWN,
    /** Its window has passed uncharged. */
    EXPIRED,
    /** Was charged, and the chain took it back. */
    REVERSED,
    /** Charged, not delivered in time: an operator owes a refund. */
    REFUND_DUE,
    /** Charged, and given back by an operator. */
    REFUNDED
}
