package io.farebox.pricing;

import io.farebox.x402.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code networks} and {@code assets}: what is asked where, and what differs from the built-in table. */
final class NetworkSections {
    private final Problems problems;
    private final UrlCheck urls;
    private NetworkTable table = NetworkTable.builtIn();
    private final Map<Network, NetworkSettings> settings = new LinkedHashMap<>();

    NetworkSections(Problems problems) {
        this.problems = problems;
        this.urls = new UrlCheck(problems);
    }

    NetworkTable table() {
        return table;
    }

    Map<Network, NetworkSettings> settings() {
        return settings;
    }

    void read(Section root) {
        root.section("networks").entries().forEach((name, tree) -> network(name, Section.of(tree), tree.place()));
        Set<String> seen = new HashSet<>();
        for (Section asset : root.sections("assets")) asset(asset, seen);
    }

    private void network(String name, Section section, Place place) {
        NetworkInfo info = table.find(name).orElse(null);
        if (info == null && Network.isCaip2(name)) info = NetworkTable.plain(new Network(name));
        if (info == null) {
            unknown(new Tree.Leaf(name, place, false));
            return;
        }
        Network network = info.network();
        if (settings.containsKey(network)) {
            String fix = "Put all settings of " + network + " into one section.";
            problems.wrong(ProblemCode.DUPLICATE_NETWORK, place, "is a network that was named before", fix);
            return;
        }
        List<Secret> rpc = new ArrayList<>();
        for (Tree.Leaf leaf : section.leaves("rpc")) if (urls.isRpc(leaf)) rpc.add(Secret.of(leaf.text()));
        int confirmations = section.number("confirmations", NetworkSettings.confirmations(network));
        settings.put(network, new NetworkSettings(rpc, confirmations));
        boolean testnet = section.flag("testnet", info.testnet());
        table = table.with(named(info, section.leaf("v1-name"), testnet));
    }

    private NetworkInfo named(NetworkInfo info, Tree.@Nullable Leaf v1Name, boolean testnet) {
        String name = v1Name == null ? info.v1Name() : v1Name.text();
        if (v1Name != null) {
            NetworkInfo owner = table.ownerOf(v1Name.text(), info.network());
            if (owner != null) {
                String reason = "is the name of " + owner.network() + " already";
                problems.wrong(ProblemCode.V1_NAME_TAKEN, v1Name, reason, "Choose a name that no network has.");
            } else if (!v1Name.text().matches("[a-z][a-z0-9-]{0,31}")) {
                problems.wrong(
                        ProblemCode.ID_SYNTAX, v1Name, "is not a name", "Use small letters, digits and hyphens.");
            }
        }
        boolean known = info.v1Clients() && name != null && name.equals(info.v1Name());
        return new NetworkInfo(info.network(), info.name(), name, known, testnet, info.assets());
    }

    private void asset(Section section, Set<String> seen) {
        Tree.Leaf networkName = section.leaf("network");
        Tree.Leaf symbol = section.leaf("symbol");
        Tree.Leaf address = section.leaf("address");
        if (networkName == null || symbol == null || address == null) return;
        NetworkInfo info = network(networkName);
        if (info == null) return;
        if (!symbol.text().matches("[A-Za-z][A-Za-z0-9.]{0,15}")) {
            String fix = "Use letters, digits and dots, at most 16.";
            problems.wrong(ProblemCode.ID_SYNTAX, symbol, "is not a symbol", fix);
        }
        if (!seen.add(info.network() + "/" + symbol.text())) {
            String fix = "Keep one of the two.";
            problems.wrong(ProblemCode.DUPLICATE_ASSET, symbol, "is an asset of this network already", fix);
        }
        if (new AddressCheck(problems, NetworkTable.builtIn())
                .isSpelled(info.network().namespace(), address)) {
            table = table.with(asset(section, info.network(), symbol.text(), address.text()));
        }
    }

    private AssetInfo asset(Section section, Network network, String symbol, String address) {
        boolean builtIn = table.asset(network, symbol)
                .filter(known -> known.v2Default() && known.address().equalsIgnoreCase(address))
                .isPresent();
        boolean usd = section.flag("usd", NetworkTable.builtIn().dollarSymbols().contains(symbol));
        Tree.Leaf name = section.leaf("name");
        Tree.Leaf version = section.leaf("version");
        return new AssetInfo(
                network,
                symbol,
                address,
                section.number("decimals", 0),
                name == null ? null : name.text(),
                version == null ? null : version.text(),
                usd,
                builtIn,
                false);
    }

    private @Nullable NetworkInfo network(Tree.Leaf leaf) {
        NetworkInfo info = table.find(leaf.text()).orElse(null);
        if (info == null && Network.isCaip2(leaf.text())) return NetworkTable.plain(new Network(leaf.text()));
        if (info == null) unknown(leaf);
        return info;
    }

    private void unknown(Tree.Leaf leaf) {
        String fix = Words.didYouMean(leaf.text(), table.labels()) + "Use a name such as base, or CAIP-2: eip155:8453.";
        problems.wrong(ProblemCode.UNKNOWN_NETWORK, leaf, "is not a network we know", fix);
    }
}
