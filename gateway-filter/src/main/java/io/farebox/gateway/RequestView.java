package io.farebox.gateway;

import io.farebox.gate.Grant;
import io.farebox.gate.Header;
import io.farebox.gate.PaymentGate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/** The request as whatever is behind the gate sees it. */
final class RequestView {
    private RequestView() {}

    /** Without the headers that stop at the gate; the same exchange if there are none. */
    static ServerWebExchange free(ServerWebExchange exchange) {
        List<String> stripped = stripped(exchange.getRequest());
        if (stripped.isEmpty()) return exchange;
        ServerHttpRequest request = exchange.getRequest()
                .mutate()
                .headers(headers -> stripped.forEach(headers::remove))
                .build();
        return exchange.mutate().request(request).build();
    }

    /** Told who paid, with the body that we may have read. */
    static ServerHttpRequest paid(ServerHttpRequest request, Grant grant, @Nullable ReplayedBody body) {
        List<String> stripped = stripped(request);
        ServerHttpRequest told = request.mutate()
                .headers(headers -> {
                    stripped.forEach(headers::remove);
                    for (Header header : grant.upstreamHeaders()) headers.set(header.name(), header.value());
                    keepOurs(headers);
                })
                .build();
        return body == null ? told : body.in(told);
    }

    /** What {@code Connection} names goes no further, and a client could name there what we have just set. */
    private static void keepOurs(HttpHeaders headers) {
        List<String> options = headers.getConnection();
        if (options.stream().noneMatch(PaymentGate::isStripped)) return;
        headers.setConnection(options.stream()
                .filter(option -> !PaymentGate.isStripped(option))
                .toList());
    }

    private static List<String> stripped(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        List<String> found = List.of();
        for (String name : headers.headerNames()) {
            if (!PaymentGate.isStripped(name)) continue;
            if (found.isEmpty()) found = new ArrayList<>(4);
            found.add(name);
        }
        return found;
    }
}
