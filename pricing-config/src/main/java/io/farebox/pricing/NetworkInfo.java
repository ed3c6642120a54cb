package io.farebox.pricing;

import io.farebox.x402.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network and the assets known on it.
 *
 * @param name what configuration calls it; null if it only goes by its CAIP-2 identifier
 * @param v1Name its name in x402 version 1; null if it has none
 * @param v1Clients whether the version 1 clients in the field know that name; they refuse a whole answer over one unknown name
 * @param testnet whether its money is worth nothing
 */
public record NetworkInfo(
        Network network,
        @Nullable String name,
        @Nullable String v1Name,
        boolean v1Clients,
        boolean testnet,
        List<AssetInfo> assets) {
    public NetworkInfo {
        assets = List.copyOf(assets);
    }

    /** The name if there is one, else the CAIP-2 identifier. */
    public String label() {
        return name != null ? name : network.caip2();
    }
}
