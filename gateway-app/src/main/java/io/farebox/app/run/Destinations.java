package io.farebox.app.run;

import io.farebox.settlement.Farebox;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.core.env.Environment;

/** Where requests may go, checked before the first one comes. */
final class Destinations {
    private final @Nullable URI upstream;

    /**
     * @param farebox null if nothing is configured
     * @param routes those of Spring Cloud Gateway
     * @throws StartRefusedException if there is no price list, or no destination, or one that leads back here
     */
    Destinations(@Nullable Farebox farebox, List<RouteDefinition> routes, Environment environment) {
        if (farebox == null)
            throw new StartRefusedException(
                    "There is no price list, and without one everything would be free.",
                    "Name one: --farebox.config=farebox.yaml, or FAREBOX_CONFIG=farebox.yaml.");
        this.upstream = farebox.prices().config().upstream();
        if (upstream == null && routes.isEmpty())
            throw new StartRefusedException(
                    "The gateway does not know where to pass requests on to.",
                    "Set upstream.url in the price list, such as `upstream: { url: http://127.0.0.1:8080 }`, or give"
                            + " routes in spring.cloud.gateway.server.webflux.routes of an application.yaml beside the jar.");
        OwnAddress own = new OwnAddress(environment);
        if (upstream != null) refuseLoop(own, upstream, "upstream.url");
        for (RouteDefinition route : routes) {
            if (route.getUri() != null && route.getUri().getHost() != null)
                refuseLoop(own, route.getUri(), "The uri of route " + route.getId());
        }
    }

    private static void refuseLoop(OwnAddress own, URI url, String where) {
        String port = own.ledTo(url);
        if (port == null) return;
        throw new StartRefusedException(
                where + " is " + url + ", where this gateway itself listens: every request would go round for ever.",
                "Let it lead to the API behind the gateway, or move the gateway with " + port + ".");
    }

    /** Where everything goes that no other route wants, or null. */
    @Nullable
    URI upstream() {
        return upstream;
    }
}
