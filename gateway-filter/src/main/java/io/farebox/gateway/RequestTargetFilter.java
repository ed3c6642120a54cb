package io.farebox.gateway;

import io.farebox.gate.Catalogue;
import io.farebox.gate.Decision;
import io.farebox.gate.GateResponse;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.RequestFirewall;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Stands before routing. Refuses requests that a route and what is behind it could read in different ways, and lets nothing
 * else in the gateway (a controller, a static file) serve what clients have to pay for: only routes are paid for.
 */
final class RequestTargetFilter implements WebFilter, Ordered {
    /** Before whatever looks at a path. */
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int FIRST_ERROR = 400;

    private final PaymentGate gate;
    private final GlobalFilter payment;

    /** @param payment answers what is the gate's own, to which no route leads */
    RequestTargetFilter(PaymentGate gate, GlobalFilter payment) {
        this.gate = gate;
        this.payment = payment;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!gate.enforces()) return chain.filter(exchange);
        String refusal = check(exchange.getRequest());
        if (refusal != null) return refuse(refusal, exchange);
        if (CorsUtils.isPreFlightRequest(exchange.getRequest())) return preflight(exchange, chain);
        GateResponse manifest = manifest(exchange.getRequest());
        if (manifest != null) return GateAnswers.write(manifest, exchange);
        if (isOwn(exchange)) return payment.filter(exchange, nobody -> Mono.empty());
        exchange.getResponse().beforeCommit(() -> requireRouted(exchange));
        return chain.filter(exchange);
    }

    /** No route need lead there. */
    private @Nullable GateResponse manifest(ServerHttpRequest request) {
        return request.getPath().value().endsWith(Catalogue.PATH)
                ? gate.manifest(new WebFluxGateRequest(request, false))
                : null;
    }

    private boolean isOwn(ServerWebExchange exchange) {
        // Nearly all paths are told apart by this.
        return exchange.getRequest().getPath().value().contains("/.")
                && gate.isOwn(new WebFluxGateRequest(exchange.getRequest(), false))
                && !isManagement(exchange);
    }

    /** Routing answers preflights without asking filters; those for priced paths are the gate's to answer. */
    private Mono<Void> preflight(ServerWebExchange exchange, WebFilterChain chain) {
        return gate.decide(new WebFluxGateRequest(exchange.getRequest(), false)) instanceof Decision.Answer answer
                ? GateAnswers.write(answer.response(), exchange)
                : chain.filter(exchange);
    }

    private static @Nullable String check(ServerHttpRequest request) {
        List<String> hosts = request.getHeaders().get(HttpHeaders.HOST);
        int count = hosts == null ? 0 : hosts.size();
        String method = request.getMethod().name();
        String target = Netty.target(request);
        if (target == null) {
            URI uri = request.getURI();
            return RequestFirewall.check(method, uri.getRawPath(), uri.getRawQuery(), count);
        }
        int mark = target.indexOf('?');
        String refusal = mark < 0
                ? RequestFirewall.check(method, target, null, count)
                : RequestFirewall.check(method, target.substring(0, mark), target.substring(mark + 1), count);
        return refusal == null && !isExact(target, request.getURI()) ? RequestFirewall.MALFORMED_TARGET : refusal;
    }

    /**
     * Whether a price is asked for, and the upstream asked, with what was received and nothing else: no fragment, nothing that a
     * Host or a forwarded header brought in, no characters that are escaped on the way.
     */
    private static boolean isExact(String target, URI uri) {
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        int length = path.length() + (query == null ? 0 : query.length() + 1);
        if (target.length() != length || !target.startsWith(path)) return false;
        if (query != null && !(target.charAt(path.length()) == '?' && target.endsWith(query))) return false;
        for (int i = path.length(); i < length; i++) if (target.charAt(i) > '~') return false;
        return true;
    }

    private Mono<Void> refuse(String refusal, ServerWebExchange exchange) {
        int status = RequestFirewall.status(refusal);
        if (status == METHOD_NOT_ALLOWED)
            exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, RequestFirewall.ALLOW);
        return GateAnswers.write(gate.reject(status, refusal), exchange);
    }

    /** An answer that no price was asked for must be one that costs nothing. */
    private Mono<Void> requireRouted(ServerWebExchange exchange) {
        if (Attributes.isDecided(exchange) || isManagement(exchange)) return Mono.empty();
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        if (status != null && status.value() >= FIRST_ERROR) return Mono.empty();
        if (gate.isFree(new WebFluxGateRequest(exchange.getRequest(), false))) return Mono.empty();
        return Mono.error(
                new IllegalStateException("a priced path is answered by something that is no route of the gateway;"
                        + " make it a route (forward: leads to a controller), or price another path"));
    }

    /** The actuator on a port of its own has its filters from here too, and its paths are nobody's prices. */
    private static boolean isManagement(ServerWebExchange exchange) {
        return WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management");
    }
}
