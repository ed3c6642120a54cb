package io.farebox.gate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: what a request costs. Pure and fast, since every request asks it on the container's thread or the event loop; safe
 * for concurrent use. A reload replaces what is behind it as a whole.
 *
 * <p>A price list that changes while it is in use, or that other replicas load at other moments, also knows what counts beside
 * the price in force, so that nobody who was asked for one price is then asked for another. It is asked only for requests that
 * carry a payment. One that never changes knows of nothing.
 */
public interface PriceList {
    /** The price of a request whose target the firewall has passed. Never null, never throws. */
    Pricing price(GateRequest request);

    /** Whether any price depends on who calls; if not, a host need not find out. */
    default boolean asksForCallers() {
        return true;
    }

    /**
     * What the manifest at {@code /.well-known/x402} lists; null, unless there is to be one. The same object as long as the same
     * list is in force. A list that hands requests on to another one hands this on too.
     */
    default @Nullable Catalogue catalogue() {
        return null;
    }

    /**
     * On what other terms the same request is sold at this moment: those it was offered on until a moment ago, and those
     * another replica offers. The latest come first; none is there any more whose time is over.
     */
    default List<Offer> alsoOffered(GateRequest request, Instant now) {
        return List.of();
    }

    /**
     * Whether a price version of this name may be one that another replica has published, and that is not known here yet. Only
     * then does a signature alone make terms count.
     *
     * @param version text from a stranger, see {@link PriceVersion#id}
     */
    default boolean mayBePublished(String version, Instant now) {
        return false;
    }

    /** Whether what other replicas have published is known here. If not, terms that are not known are no reason for a no. */
    default boolean isUpToDate(Instant now) {
        return true;
    }
}
