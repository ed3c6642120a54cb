package io.farebox.gate;

import java.time.Duration;
import java.util.List;

/**
 * Requests that are sold together. They lie on a balance that is counted in requests.
 *
 * @param id its id in the price list, lower case
 * @param price as a person reads it, such as {@code $0.08}
 * @param requests how many are sold, at least one
 * @param routes ids of the routes that they can be made to, at least one
 * @param ttl how long its token is good for
 */
public record Bundle(String id, String price, int requests, List<String> routes, Duration ttl) {
    /** Below this path bundles are sold, by their ids. */
    public static final String PATH = TokenRail.OWN + "bundles/";

    private static final String ASSET = "bundle:";

    public Bundle {
        routes = List.copyOf(routes);
    }

    /** Stands for an asset where balances are kept; no contract or mint is called so. */
    String asset() {
        return ASSET + id;
    }

    static boolean isAsset(String asset) {
        return asset.startsWith(ASSET);
    }
}
