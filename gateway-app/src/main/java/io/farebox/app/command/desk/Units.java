package io.farebox.app.command.desk;

import io.farebox.pricing.AssetInfo;
import io.farebox.pricing.NetworkInfo;
import io.farebox.pricing.NetworkTable;
import io.farebox.x402.Network;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Amounts and networks as people call them, where they are known. */
public final class Units {
    private final NetworkTable table;

    public Units(NetworkTable table) {
        this.table = table;
    }

    /** {@code 0.01 USDC}, or atomic units and the asset. */
    public String amount(String network, String asset, BigInteger amount) {
        return asset(network, asset)
                .map(known -> new BigDecimal(amount, known.decimals())
                                .stripTrailingZeros()
                                .toPlainString()
                        + " " + known.symbol())
                .orElse(amount + " of " + asset);
    }

    private Optional<AssetInfo> asset(String network, String asset) {
        return table.find(new Network(network)).stream()
                .flatMap(info -> info.assets().stream())
                .filter(known -> known.address().equalsIgnoreCase(asset))
                .findFirst();
    }

    /** {@code base}, or the identifier. */
    public String network(String caip2) {
        return table.find(new Network(caip2)).map(NetworkInfo::label).orElse(caip2);
    }
}
