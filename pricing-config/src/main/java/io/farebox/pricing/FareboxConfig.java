package io.farebox.pricing;

import io.farebox.gate.Bundle;
import io.farebox.gate.Mode;
import io.farebox.x402.Network;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that has been checked whole (DESIGN §6): names are resolved, defaults filled in, and everything in it can be
 * used as it stands. Made by {@link ConfigReader}. Immutable; printing it shows no secret.
 *
 * @param publicUrl where clients reach us; no query, no fragment, no slash at the end
 * @param upstream where the gateway passes requests on to; null if not configured
 * @param payTo who is paid, by namespace ({@code eip155}, {@code solana})
 * @param accept assets in order of preference, for routes without a list of their own
 * @param facilitators all of them, the switched-off ones too, in order of priority
 * @param networks settings by network, of those networks only that have any
 * @param networkTable networks and assets, as built in and as changed by {@code networks} and {@code assets}
 * @param secret signs offers, challenges and assertions; null if one has to be generated
 * @param corsOrigins origins whose pages may pay
 * @param bookUrl JDBC URL of the book
 * @param claims where new claims are kept; null if in the book
 * @param retention how long the book keeps what is at rest
 * @param admin who may use the operator's API
 * @param v1Networks networks that may stand in a version 1 body
 * @param settleWait how long an unknown settlement is asked for
 * @param transfers what transfers are taken; null if none are
 * @param tokens what tokens are taken; null if none are
 * @param manifest whether {@code /.well-known/x402} lists what is for sale
 * @param warnings what was worth a warning
 */
public record FareboxConfig(
        URI publicUrl,
        Mode mode,
        @Nullable URI upstream,
        Map<String, String> payTo,
        List<AssetInfo> accept,
        List<FacilitatorConfig> facilitators,
        Map<Network, NetworkSettings> networks,
        NetworkTable networkTable,
        @Nullable Secret secret,
        List<String> corsOrigins,
        Secret bookUrl,
        @Nullable ClaimsConfig claims,
        RetentionConfig retention,
        AdminConfig admin,
        Unmatched unmatched,
        Set<Network> v1Networks,
        Duration settleWait,
        @Nullable TransferConfig transfers,
        @Nullable TokenConfig tokens,
        boolean manifest,
        List<RouteConfig> routes,
        List<ConfigProblem> warnings) {
    /** Where the book lies unless configured. */
    public static final String DEFAULT_BOOK_URL = "jdbc:h2:file:./data/farebox";

    /** How long an unknown settlement is asked for unless configured. */
    public static final Duration DEFAULT_SETTLE_WAIT = Duration.ofSeconds(20);

    public FareboxConfig {
        payTo = Map.copyOf(payTo);
        accept = List.copyOf(accept);
        facilitators = List.copyOf(facilitators);
        networks = Map.copyOf(networks);
        corsOrigins = List.copyOf(corsOrigins);
        v1Networks = Set.copyOf(v1Networks);
        routes = List.copyOf(routes);
        warnings = List.copyOf(warnings);
    }

    /** What happens to requests that no route speaks of. */
    public enum Unmatched {
        PASS,
        REFUSE
    }

    /** The facilitators that are switched on, in order of priority. */
    public List<FacilitatorConfig> enabledFacilitators() {
        return facilitators.stream().filter(FacilitatorConfig::enabled).toList();
    }

    /** The settings of a network, or the defaults. */
    public NetworkSettings settings(Network network) {
        return networks.getOrDefault(network, NetworkSettings.DEFAULT);
    }

    /** What a token can be bought with that pays for a route. */
    List<Bundle> bundlesFor(String routeId) {
        List<Bundle> found = new ArrayList<>();
        for (RouteConfig route : routes) {
            Bundle bundle = route.bundle();
            if (bundle != null && bundle.routes().contains(routeId)) found.add(bundle);
        }
        return found;
    }

    public Optional<RouteConfig> route(String id) {
        return routes.stream().filter(route -> route.id().equals(id)).findFirst();
    }
}
