package io.farebox.gate;

/**
 * Port: hears of everything the gate does. Called on the request's thread, so it must be quick and must not throw; what it
 * throws is logged and dropped. Money is counted from the book, not from here.
 */
@FunctionalInterface
public interface GateListener {
    /** An event; see {@link GateEvent} for the whole set. */
    void on(GateEvent event);

    /** Hears nothing. */
    static GateListener none() {
        return event -> {};
    }
}
