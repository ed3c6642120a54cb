package io.farebox.app.run;

import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Puts the path of {@code upstream.url} before the path of the request, without touching a character of either. */
final class BasePathFilter implements GlobalFilter, Ordered {
    /** In a route's metadata: what begins with a slash and does not end with one. */
    static final String BASE = "io.farebox.base-path";

    /** Behind whatever joins the upstream's address and the request's target. */
    private static final int ORDER = RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 10;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        if (route != null && route.getMetadata().get(BASE) instanceof String base) prepend(base, exchange);
        return chain.filter(exchange);
    }

    private static void prepend(String base, ServerWebExchange exchange) {
        URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        String start = url.getScheme() + "://" + url.getRawAuthority() + base + url.getRawPath();
        String query = url.getRawQuery();
        exchange.getAttributes()
                .put(
                        ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
                        URI.create(query == null ? start : start + '?' + query));
    }
}
