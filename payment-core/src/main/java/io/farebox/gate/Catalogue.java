package io.farebox.gate;

import java.util.List;

/**
 * What the manifest lists: everything that is for sale and not kept out of sight. Made once per price list, since the manifest
 * is rendered once per catalogue. Immutable.
 */
public record Catalogue(List<Item> items) {
    /** Where the manifest is found. */
    public static final String PATH = "/.well-known/x402";

    public Catalogue {
        items = List.copyOf(items);
    }

    /**
     * A route that can be paid for.
     *
     * @param offer its price; of several, the one that holds without conditions
     * @param method of a request that it prices
     * @param path percent-encoded, {@code :name} for what varies and {@code *} for the rest; relative as prices are matched
     */
    public record Item(Offer offer, String method, String path) {}
}
