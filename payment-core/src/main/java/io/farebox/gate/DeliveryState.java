package io.farebox.gate;

/** What became of the answer that a payment bought. */
public enum DeliveryState {
    /** Nothing bought yet. */
    NONE,
    /** A request is delivering it. */
    RUNNING,
    /** It ended as it should, or the client left after its first byte. */
    COMPLETE,
    /** The payer may have one run of the route. */
    OWED
}
