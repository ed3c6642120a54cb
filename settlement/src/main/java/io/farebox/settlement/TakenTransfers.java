package io.farebox.settlement;

import io.farebox.gate.TransferTerms;
import io.farebox.pricing.AssetInfo;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.NetworkInfo;
import io.farebox.pricing.NetworkSettings;
import io.farebox.pricing.TransferConfig;
import io.farebox.x402.Network;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What transfers a configuration takes: of those assets whose unit it names, on networks that can be asked. */
final class TakenTransfers {
    private TakenTransfers() {}

    static @Nullable TransferTerms of(FareboxConfig config) {
        TransferConfig transfers = config.transfers();
        if (transfers == null) return null;
        Map<Network, TransferTerms.Chain> networks = new HashMap<>();
        config.networks().forEach((network, settings) -> {
            Map<String, BigInteger> least = least(config, transfers, network, settings);
            if (!least.isEmpty()) networks.put(network, new TransferTerms.Chain(settings.confirmations(), least));
        });
        return new TransferTerms(transfers.proofRequired(), transfers.maxAge(), networks);
    }

    private static Map<String, BigInteger> least(
            FareboxConfig config, TransferConfig transfers, Network network, NetworkSettings settings) {
        Map<String, BigInteger> least = new HashMap<>();
        boolean known = network.isEvm() || network.isSolana();
        if (!known || settings.rpc().isEmpty()) return least;
        List<AssetInfo> assets =
                config.networkTable().find(network).map(NetworkInfo::assets).orElse(List.of());
        for (AssetInfo asset : assets) transfers.least(asset).ifPresent(amount -> least.put(asset.address(), amount));
        return least;
    }
}
