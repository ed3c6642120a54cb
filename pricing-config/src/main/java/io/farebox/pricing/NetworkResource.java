package io.farebox.pricing;

import io.farebox.x402.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the table of networks that ships with this module. It is JSON, which YAML 1.2 contains. */
final class NetworkResource {
    private NetworkResource() {}

    static NetworkTable read() {
        try (InputStream in = NetworkResource.class.getResourceAsStream("networks.json")) {
            if (in == null) throw new IllegalStateException("networks.json is missing from the jar");
            Map<Network, NetworkInfo> networks = new LinkedHashMap<>();
            var rows = (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            for (Object row : rows) {
                NetworkInfo info = network((Map<?, ?>) row);
                networks.put(info.network(), info);
            }
            return new NetworkTable(networks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NetworkInfo network(Map<?, ?> row) {
        var network = new Network(required(row, "network", String.class));
        List<AssetInfo> assets = new ArrayList<>();
        for (Object asset : required(row, "assets", List.class)) assets.add(asset(network, (Map<?, ?>) asset));
        return new NetworkInfo(
                network,
                (String) row.get("name"),
                (String) row.get("v1"),
                row.containsKey("v1Clients"),
                row.containsKey("testnet"),
                assets);
    }

    /** Every asset that is built in is a dollar. */
    private static AssetInfo asset(Network network, Map<?, ?> row) {
        return new AssetInfo(
                network,
                required(row, "symbol", String.class),
                required(row, "address", String.class),
                required(row, "decimals", Integer.class),
                (String) row.get("name"),
                (String) row.get("version"),
                true,
                row.containsKey("v2Default"),
                row.containsKey("permit2"));
    }

    private static <T> T required(Map<?, ?> row, String key, Class<T> type) {
        Object value = row.get(key);
        if (!type.isInstance(value)) throw new IllegalStateException("networks.json: " + key + " is missing");
        return type.cast(value);
    }
}
