package io.farebox.pricing;

import io.farebox.x402.Network;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether each option of a route has a facilitator that can settle there: our own one settles only where it can ask nodes. */
final class OwnChainCheck {
    private final Problems problems;
    private final Map<Network, NetworkSettings> settings;
    private final Set<Network> reported = new HashSet<>();

    OwnChainCheck(Problems problems, Map<Network, NetworkSettings> settings) {
        this.problems = problems;
        this.settings = settings;
    }

    void check(Section root, List<RouteConfig> routes) {
        for (RouteConfig route : routes) {
            boolean own = route.facilitators().stream().anyMatch(each -> each.chain() != null);
            if (own)
                route.options()
                        .forEach(option -> check(root, route, option.asset().network()));
        }
    }

    private void check(Section root, RouteConfig route, Network network) {
        boolean taken = route.facilitators().stream().anyMatch(each -> takes(each, network));
        if (taken || !reported.add(network)) return;
        String reason = "has nobody who settles on " + network;
        String fix = network.isEvm()
                ? "Our own facilitator needs nodes there: write networks: { \"" + network
                        + "\": { rpc: [\"…\"] } }, or add a facilitator with a url."
                : "Our own facilitator knows EVM chains only: add one with a url, or take the asset out of accept.";
        problems.wrong(ProblemCode.OWN_FACILITATOR, root.at("facilitators"), reason, fix);
    }

    private boolean takes(FacilitatorConfig facilitator, Network network) {
        return switch (facilitator.type()) {
            case REMOTE -> true;
            case DEV -> network.equals(NetworkTable.DEV);
            case OWN ->
                network.isEvm()
                        && !settings.getOrDefault(network, NetworkSettings.DEFAULT)
                                .rpc()
                                .isEmpty();
        };
    }
}
