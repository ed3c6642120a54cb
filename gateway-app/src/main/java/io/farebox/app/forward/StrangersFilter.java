package io.farebox.app.forward;

import java.util.ArrayList;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Takes from strangers' requests what only proxies may say, before any route looks at it. What a route adds itself stays. */
final class StrangersFilter implements WebFilter, Ordered {
    /** Before whatever looks at headers, behind what refuses requests. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 200;

    private final TrustedPeers trusted;

    StrangersFilter(TrustedPeers trusted) {
        this.trusted = trusted;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        List<String> claimed = claimed(request);
        if (claimed.isEmpty() || trusted.sent(request)) return chain.filter(exchange);
        ServerHttpRequest plain = request.mutate()
                .headers(headers -> claimed.forEach(headers::remove))
                .build();
        return chain.filter(exchange.mutate().request(plain).build());
    }

    private static List<String> claimed(ServerHttpRequest request) {
        List<String> claimed = List.of();
        for (String name : request.getHeaders().headerNames()) {
            if (!OriginHeaders.contain(name)) continue;
            if (claimed.isEmpty()) claimed = new ArrayList<>(4);
            claimed.add(name);
        }
        return claimed;
    }
}
