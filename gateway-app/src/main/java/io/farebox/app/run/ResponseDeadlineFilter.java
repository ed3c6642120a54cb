package io.farebox.app.run;

import io.farebox.gateway.PaymentFilters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives up on an upstream that does not answer: {@code httpclient.response-timeout} after the request has gone there, or after
 * its body has stopped flowing. The gateway's own filter counts from the beginning, so that every long upload would fail; and it
 * does not know that a paid request may take as long as its price list says, which the gate itself looks after.
 */
final class ResponseDeadlineFilter implements GlobalFilter, Ordered {
    private final @Nullable Duration patience;

    /** Takes the timeout out of the properties, where the gateway's own filter would find it. */
    ResponseDeadlineFilter(HttpClientProperties properties) {
        this.patience = properties.getResponseTimeout();
        properties.setResponseTimeout(null);
    }

    /** Right before the request is sent. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 2;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (patience == null || hasOther(exchange)) return chain.filter(exchange);
        ServerHttpRequest request = exchange.getRequest();
        Upload upload = Upload.of(request);
        ServerWebExchange watched = upload == null
                ? exchange
                : exchange.mutate().request(upload.watched(request)).build();
        return chain.filter(watched)
                .timeout(late(patience, patience, upload), Mono.error(ResponseDeadlineFilter::gaveUp));
    }

    private static boolean hasOther(ServerWebExchange exchange) {
        if (exchange.getAttribute(PaymentFilters.PAYMENT) != null) return true;
        if ("websocket".equalsIgnoreCase(exchange.getRequest().getHeaders().getUpgrade())) return true;
        Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return route == null || route.getMetadata().containsKey(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR);
    }

    private static Mono<Long> late(Duration patience, Duration rest, @Nullable Upload upload) {
        return Mono.delay(rest).flatMap(rung -> {
            Duration left = upload == null ? Duration.ZERO : patience.minus(upload.quietFor());
            return left.isPositive() ? late(patience, left, upload) : Mono.just(rung);
        });
    }

    private static ResponseStatusException gaveUp() {
        return new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT);
    }
}
