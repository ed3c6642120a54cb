package io.farebox.kills;

/** A moment of a payment that can be seen from outside the process that takes it. */
enum KillPoint {
    /** The facilitator has read the question; the payment is claimed. */
    VERIFY_ASKED,
    /** The facilitator has answered it. */
    VERIFY_ANSWERED,
    /** The resource runs. */
    RESOURCE_ASKED,
    /** All of the resource's answer has been handed to the network. */
    RESOURCE_ANSWERED,
    /** The facilitator has read it, and does not do it; the payment is settling. */
    SETTLE_ASKED,
    /** Money has moved; the facilitator has not said so. */
    CHARGED,
    /** The facilitator has said so. */
    SETTLE_ANSWERED,
    /** The client has the first bytes of the paid answer. */
    MID_BODY
}
