package io.farebox.pricing;

import io.farebox.x402.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code accept}: which assets, in which order. */
final class AcceptLists {
    /** An entry and where it stands, so that routes can report what is wrong with it for them. */
    record Entry(AssetInfo asset, Tree.Leaf leaf) {}

    private final Problems problems;
    private final NetworkTable table;

    AcceptLists(Problems problems, NetworkTable table) {
        this.problems = problems;
        this.table = table;
    }

    /** The list of a section's {@code accept}; what is wrong with it is reported and left out. */
    List<Entry> read(Section section) {
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Tree.Leaf leaf : section.leaves("accept")) {
            AssetInfo asset = asset(leaf);
            if (asset == null) continue;
            if (seen.add(asset.network() + "/" + asset.symbol())) {
                entries.add(new Entry(asset, leaf));
            } else {
                problems.wrong(ProblemCode.DUPLICATE_ACCEPT, leaf, "is in the list twice", "Keep one of the two.");
            }
        }
        checkMixing(entries, section.at("accept"));
        for (Entry entry : entries) warnIfUnusual(entry);
        return entries;
    }

    private @Nullable AssetInfo asset(Tree.Leaf leaf) {
        int slash = leaf.text().lastIndexOf('/');
        if (slash <= 0 || slash == leaf.text().length() - 1) {
            String fix = "Write network/asset, such as base/USDC or eip155:8453/USDC.";
            problems.wrong(ProblemCode.ACCEPT_SYNTAX, leaf, "is no network and asset", fix);
            return null;
        }
        String name = leaf.text().substring(0, slash);
        String symbol = leaf.text().substring(slash + 1);
        Optional<NetworkInfo> network = table.find(name);
        if (network.isEmpty()) {
            String fix =
                    Words.didYouMean(name, table.labels()) + "Networks that are not built in are named under assets.";
            problems.wrong(ProblemCode.UNKNOWN_NETWORK, leaf, "names a network we do not know", fix);
            return null;
        }
        AssetInfo asset = table.asset(network.get().network(), symbol).orElse(null);
        if (asset == null) return unknownAsset(leaf, network.get());
        return isUsable(asset, leaf) ? asset : null;
    }

    private @Nullable AssetInfo unknownAsset(Tree.Leaf leaf, NetworkInfo network) {
        List<String> known = network.assets().stream().map(AssetInfo::symbol).toList();
        String there = known.isEmpty() ? "No asset is built in there." : "Built in there: " + Words.oneOf(known) + ".";
        String reason = "names an asset we do not know on " + network.label();
        problems.wrong(ProblemCode.UNKNOWN_ASSET, leaf, reason, there + " Name others under assets.");
        return null;
    }

    private boolean isUsable(AssetInfo asset, Tree.Leaf leaf) {
        if (asset.permit2()) {
            String reason = "is an asset that needs Permit2, which is not built yet";
            problems.wrong(ProblemCode.NOT_BUILT_YET, leaf, reason, "Leave it out.");
            return false;
        }
        if (asset.network().isEvm() && (asset.name() == null || asset.version() == null)) {
            String reason = "is an asset whose EIP-712 name and version are not known";
            String fix = "Look them up at the contract and write the asset under assets, with name and version.";
            problems.wrong(ProblemCode.ASSET_DOMAIN_MISSING, leaf, reason, fix);
            return false;
        }
        return true;
    }

    private void checkMixing(List<Entry> entries, Place place) {
        long tests = entries.stream()
                .filter(entry -> isTestnet(entry.asset().network()))
                .count();
        if (tests == 0 || tests == entries.size()) return;
        String fix = "Play money would buy what real money pays for. Keep the one or the other.";
        problems.wrong(ProblemCode.MIXED_TEST_AND_MAIN, place, "mixes test networks with real ones", fix);
    }

    private boolean isTestnet(Network network) {
        return table.find(network).map(NetworkInfo::testnet).orElse(false);
    }

    private void warnIfUnusual(Entry entry) {
        AssetInfo asset = entry.asset();
        if (asset.v2Default() || asset.network().equals(NetworkTable.DEV)) return;
        String fix = "Offer another asset beside it, or tell your clients to allow it.";
        String reason = "is an asset that version 2 clients do not pay with unless told to";
        problems.warn(ProblemCode.NOT_A_DEFAULT_ASSET, entry.leaf(), reason, fix);
    }
}
