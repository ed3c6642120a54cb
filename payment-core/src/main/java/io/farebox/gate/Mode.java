package io.farebox.gate;

/** What the gate does about prices. */
public enum Mode {
    /** Ask for payment. */
    ENFORCE,
    /** Pass everything and count what would be asked for. */
    OBSERVE,
    /** Pass everything. */
    OFF
}
