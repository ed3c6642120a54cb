package io.farebox.benchmarks.load;

import io.farebox.gate.GateResponse;
import io.farebox.gate.Header;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The least that a gateway's filter can do to ask for a payment, at the place where the payment filter stands. */
final class ConstantGlobalFilter implements GlobalFilter, Ordered {
    private final String prefix;
    private final HttpStatusCode status;
    private final List<Header> headers;
    private final byte[] body;

    ConstantGlobalFilter(String prefix, GateResponse answer) {
        this.prefix = prefix;
        this.status = HttpStatusCode.valueOf(answer.status());
        this.headers = answer.headers();
        this.body = answer.body();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 2_000;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!exchange.getRequest().getPath().value().startsWith(prefix)) return chain.filter(exchange);
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        HttpHeaders out = response.getHeaders();
        for (Header header : headers) out.set(header.name(), header.value());
        out.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
