package io.farebox.app.run;

import java.net.URI;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;

/**
 * The one route of {@code upstream.url}: everything goes there that no other route wants. It is a definition like those of a
 * configuration, so that {@code default-filters} hold for it too.
 */
final class UpstreamRoute implements RouteDefinitionLocator {
    private static final String ID = "upstream";

    private final RouteDefinition route = new RouteDefinition();

    UpstreamRoute(URI upstream) {
        route.setId(ID);
        route.setUri(URI.create(upstream.getScheme() + "://" + upstream.getRawAuthority()));
        route.setOrder(Ordered.LOWEST_PRECEDENCE);
        String base = base(upstream);
        if (!base.isEmpty()) route.getMetadata().put(BasePathFilter.BASE, base);
    }

    private static String base(URI upstream) {
        String path = upstream.getRawPath() == null ? "" : upstream.getRawPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') end--;
        return path.substring(0, end);
    }

    @Override
    public Flux<RouteDefinition> getRouteDefinitions() {
        return Flux.just(route);
    }
}
