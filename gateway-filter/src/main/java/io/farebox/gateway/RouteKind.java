package io.farebox.gateway;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/** Routes that are not plain requests to an upstream. */
final class RouteKind {
    /** A connection that changes its protocol has no answer that could be paid for. */
    static final String UPGRADE = "priced_upgrade";

    private RouteKind() {}

    /** Why a priced request cannot be served on this route, or null. */
    static @Nullable String unpayable(ServerWebExchange exchange) {
        String upgrade = exchange.getRequest().getHeaders().getUpgrade();
        return "websocket".equalsIgnoreCase(upgrade) || isWebSocket(exchange) ? UPGRADE : null;
    }

    private static boolean isWebSocket(ServerWebExchange exchange) {
        String scheme = scheme(exchange);
        return scheme.equals("ws") || scheme.equals("wss");
    }

    /** Where inside the gateway the route leads, or null if it leads outside. */
    static @Nullable String forwardTarget(ServerWebExchange exchange) {
        Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return route != null && scheme(exchange).equals("forward")
                ? route.getUri().getPath()
                : null;
    }

    private static String scheme(ServerWebExchange exchange) {
        Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return route == null || route.getUri().getScheme() == null
                ? ""
                : route.getUri().getScheme().toLowerCase(Locale.ROOT);
    }
}
