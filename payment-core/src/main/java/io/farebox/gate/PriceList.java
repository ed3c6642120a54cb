package io.farebox.gate;

/**
 * Port: what a request costs. Pure and fast, since every request asks it on the container's thread or the event loop; safe
 * for concurrent use. A reload replaces what is behind it as a whole.
 */
public interface PriceList {
    /** The price of a request whose target the firewall has passed. Never null, never throws. */
    Pricing price(GateRequest request);

    /** Whether any price depends on who calls; if not, a host need not find out. */
    default boolean asksForCallers() {
        return true;
    }
}
