package io.farebox.pricing;

import io.farebox.x402.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The networks and assets that prices can be in: those built in, and what a configuration adds or changes. Immutable. */
public final class NetworkTable {
    /** The chain of the dev facilitator. */
    public static final Network DEV = new Network("eip155:31337");

    private final Map<Network, NetworkInfo> networks;

    NetworkTable(Map<Network, NetworkInfo> networks) {
        this.networks = new LinkedHashMap<>(networks);
    }

    /** What is built in. */
    public static NetworkTable builtIn() {
        return BuiltIn.TABLE;
    }

    /** Every network, in the order of its CAIP-2 reference. */
    public List<NetworkInfo> all() {
        return List.copyOf(networks.values());
    }

    public Optional<NetworkInfo> find(Network network) {
        return Optional.ofNullable(networks.get(network));
    }

    /** A network by its name, its v1 name or its CAIP-2 identifier. */
    public Optional<NetworkInfo> find(String text) {
        if (Network.isCaip2(text)) return find(new Network(text));
        return networks.values().stream()
                .filter(info -> text.equals(info.name()) || text.equals(info.v1Name()))
                .findFirst();
    }

    public Optional<AssetInfo> asset(Network network, String symbol) {
        return find(network).stream()
                .flatMap(info -> info.assets().stream())
                .filter(asset -> asset.symbol().equals(symbol))
                .findFirst();
    }

    /** Networks by their names in x402 version 1. */
    public Map<String, Network> v1Names() {
        Map<String, Network> names = new TreeMap<>();
        networks.values().forEach(info -> {
            String name = info.v1Name();
            if (name != null) names.put(name, info.network());
        });
        return Map.copyOf(names);
    }

    Collection<String> labels() {
        return networks.values().stream().map(NetworkInfo::label).sorted().toList();
    }

    /** The symbols of assets whose unit is a dollar. */
    Set<String> dollarSymbols() {
        return networks.values().stream()
                .flatMap(info -> info.assets().stream())
                .filter(AssetInfo::usd)
                .map(AssetInfo::symbol)
                .collect(Collectors.toUnmodifiableSet());
    }

    NetworkTable with(NetworkInfo info) {
        Map<Network, NetworkInfo> changed = new LinkedHashMap<>(networks);
        changed.put(info.network(), info);
        return new NetworkTable(changed);
    }

    /** This table with an asset that replaces the one of its symbol; a network that is not known yet is added. */
    NetworkTable with(AssetInfo asset) {
        NetworkInfo info = networks.get(asset.network());
        if (info == null) info = plain(asset.network());
        List<AssetInfo> assets = new ArrayList<>(info.assets());
        assets.removeIf(known -> known.symbol().equals(asset.symbol()));
        assets.add(asset);
        return with(
                new NetworkInfo(info.network(), info.name(), info.v1Name(), info.v1Clients(), info.testnet(), assets));
    }

    static NetworkInfo plain(Network network) {
        return new NetworkInfo(network, null, null, false, false, List.of());
    }

    /** The network that has this v1 name already, if another one has it. */
    @Nullable
    NetworkInfo ownerOf(String v1Name, Network asking) {
        return find(v1Name).filter(info -> !info.network().equals(asking)).orElse(null);
    }

    private static final class BuiltIn {
        static final NetworkTable TABLE = NetworkResource.read();
    }
}
