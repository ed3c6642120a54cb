package io.farebox.gateway;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Asks the upstream for the very path and query that the request has. The gateway's own filter takes the query apart and puts it
 * together again: it loses empty parameters, and escapes a second time when it meets brackets beside an escape, so that something
 * else arrives than was priced.
 */
final class ExactTargetFilter implements GlobalFilter, Ordered {
    /** Behind the filter that joins the route's address and the request's target; what a route rewrote before is kept. */
    static final int ORDER = RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        URI joined = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        if (joined != null && joined.getRawAuthority() != null) {
            exchange.getAttributes()
                    .put(
                            ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
                            exact(joined, exchange.getRequest().getURI()));
        }
        return chain.filter(exchange);
    }

    private static URI exact(URI joined, URI request) {
        String query = request.getRawQuery();
        String path = request.getRawPath();
        if (path.equals(joined.getRawPath()) && equal(query, joined.getRawQuery())) return joined;
        String start = joined.getScheme() + "://" + joined.getRawAuthority() + path;
        return URI.create(query == null ? start : start + '?' + query);
    }

    private static boolean equal(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equals(other);
    }
}
