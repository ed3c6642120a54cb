package io.farebox.pricing;

import io.farebox.x402.Network;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code rails}: the other ways to pay. */
final class RailSections {
    private final Problems problems;
    private final NetworkSections networks;

    RailSections(Problems problems, NetworkSections networks) {
        this.problems = problems;
        this.networks = networks;
    }

    /** @return null if no transfers are taken */
    @Nullable
    TransferConfig transfers(Section root, List<RouteConfig> routes) {
        Section section = root.section("rails").section("transfer");
        if (!section.flag("enabled", false)) return null;
        Tree.Leaf leaf = section.leaf("min");
        Price min = leaf == null ? null : PriceText.read(leaf, problems);
        if (leaf == null || min == null) return null;
        boolean proofRequired = !section.text("payer-proof", "required").equals("none");
        TransferConfig transfers = new TransferConfig(maxAge(section), min, proofRequired);
        requireAssets(transfers, leaf, routes);
        requireRpc(transfers, section, routes);
        if (!proofRequired) warn(section);
        return transfers;
    }

    private Duration maxAge(Section section) {
        Duration maxAge = section.span("max-age", TransferConfig.DEFAULT_MAX_AGE);
        Tree.Leaf leaf = section.leaf("max-age");
        if (leaf != null && maxAge.compareTo(TransferConfig.LARGEST_MAX_AGE) > 0) {
            String fix = "Write 1d or less.";
            problems.wrong(ProblemCode.OUT_OF_RANGE, leaf, "is longer than a transfer may be good for", fix);
        }
        return maxAge;
    }

    private static List<AssetInfo> sold(List<RouteConfig> routes) {
        return routes.stream()
                .flatMap(route -> route.options().stream())
                .map(PayOption::asset)
                .filter(asset -> asset.network().isEvm() || asset.network().isSolana())
                .distinct()
                .toList();
    }

    private void requireAssets(TransferConfig transfers, Tree.Leaf min, List<RouteConfig> routes) {
        List<AssetInfo> sold = sold(routes);
        if (sold.isEmpty()
                || sold.stream().anyMatch(asset -> transfers.least(asset).isPresent())) return;
        String fix = "Write it in the unit of an asset that the routes accept on an EVM network or Solana.";
        problems.wrong(ProblemCode.NO_ASSET_TO_TRANSFER, min, "is in the unit of nothing that can be transferred", fix);
    }

    private void requireRpc(TransferConfig transfers, Section section, List<RouteConfig> routes) {
        sold(routes).stream()
                .filter(asset -> transfers.least(asset).isPresent())
                .map(AssetInfo::network)
                .distinct()
                .filter(network -> !isAsked(network))
                .forEach(network -> {
                    String name = networks.table()
                            .find(network)
                            .map(NetworkInfo::label)
                            .orElse(network.caip2());
                    String reason = "takes transfers that nobody sees: networks.\"" + name + "\".rpc is not set";
                    String fix = "Name a JSON-RPC URL of that network, or do not accept it.";
                    problems.wrong(ProblemCode.NETWORK_WITHOUT_RPC, section.at("enabled"), reason, fix);
                });
    }

    private boolean isAsked(Network network) {
        NetworkSettings settings = networks.settings().get(network);
        return settings != null && !settings.rpc().isEmpty();
    }

    private void warn(Section section) {
        Tree.Leaf leaf = section.leaf("payer-proof");
        if (leaf == null) return;
        String reason = "serves whoever shows a transfer first: everybody can read its hash from the chain";
        problems.warn(ProblemCode.PAYER_PROOF_NONE, leaf, reason, "Write required unless every payer is known to you.");
    }
}
