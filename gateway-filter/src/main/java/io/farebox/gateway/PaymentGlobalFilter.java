package io.farebox.gateway;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.GateResponse;
import io.farebox.gate.Grant;
import io.farebox.gate.PaymentGate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Puts prices on the routes of a gateway. It comes before all other filters of a route, so whatever they do (rewrite, retry,
 * answer from a cache, forward) is behind the gate, and a price is told from what the client asked for.
 */
final class PaymentGlobalFilter implements GlobalFilter, Ordered {

    /** Behind the two filters that look after cached bodies, before all others. */
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2_000;

    /** How many bodies of requests with a payment are read at once; each is {@link ReplayedBody#LIMIT} long at most. */
    private static final int BODIES = 512;

    /** How long a client may take to send such a body. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore bodies = new Semaphore(BODIES);
    private final PaymentGate gate;
    private final Crossing crossing;

    PaymentGlobalFilter(PaymentGate gate, Crossing crossing) {
        this.gate = gate;
        this.crossing = crossing;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (Attributes.isGranted(exchange)) return chain.filter(exchange);
        if (!gate.asksForCallers()) return decide(exchange, chain, false);
        return exchange.getPrincipal()
                .map(caller -> true)
                .defaultIfEmpty(false)
                .flatMap(known -> decide(exchange, chain, known));
    }

    private Mono<Void> decide(ServerWebExchange exchange, GatewayFilterChain chain, boolean authenticated) {
        String required = Attributes.required(exchange);
        String pricedAs = required == null || required.isEmpty() ? null : required;
        Decision decision = gate.decide(new WebFluxGateRequest(exchange.getRequest(), authenticated, pricedAs));
        Attributes.decided(exchange);
        String unpayable = decision instanceof Decision.Free ? null : RouteKind.unpayable(exchange);
        if (unpayable != null) return GateAnswers.write(gate.reject(400, unpayable), exchange);
        return switch (decision) {
            case Decision.Free free
            when required != null && isUnasked(free) -> GateAnswers.write(gate.reject(404, "unpriced_path"), exchange);
            case Decision.Free free -> free(exchange, chain);
            case Decision.Answer answer -> GateAnswers.write(answer.response(), exchange);
            case Decision.Inquiry inquiry ->
                crossing.<GateResponse>admit(
                                () -> gate.answer(inquiry),
                                () -> gate.reject(503, "too_many_payments"),
                                Netty.home(exchange.getRequest()))
                        .flatMap(answer -> GateAnswers.write(answer, exchange));
            case Decision.Attempt attempt -> attempt(attempt, exchange, chain);
        };
    }

    /** Whether it passes because nobody set a price: a route that requires payment does not take that for an answer. */
    private static boolean isUnasked(Decision.Free free) {
        return switch (free.event().why()) {
            case FREE, UNPRICED -> true;
            case AUTHENTICATED, OBSERVED -> false;
        };
    }

    private Mono<Void> free(ServerWebExchange exchange, GatewayFilterChain chain) {
        String target = RouteKind.forwardTarget(exchange);
        if (target != null && !gate.isFree(new WebFluxGateRequest(exchange.getRequest(), false, target))) {
            return Mono.error(new IllegalStateException("a free route forwards to " + target
                    + ", which is priced or refused; price the path that clients ask for"));
        }
        return chain.filter(RequestView.free(exchange));
    }

    private Mono<Void> attempt(Decision.Attempt attempt, ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!ReplayedBody.isReadable(exchange.getRequest())) return admit(attempt, null, exchange, chain);
        // Nobody has paid yet: strangers must not have us keep bodies without end, nor wait for them.
        if (!bodies.tryAcquire()) return GateAnswers.write(gate.busy(attempt), exchange);
        return ReplayedBody.read(exchange.getRequest())
                .timeout(PATIENCE)
                .map(Optional::of)
                .onErrorResume(TimeoutException.class, e -> Mono.just(Optional.empty()))
                .doFinally(end -> bodies.release())
                .flatMap(body -> body.isPresent()
                        ? admit(attempt, body.get(), exchange, chain)
                        : GateAnswers.writeAndHangUp(gate.reject(408, "body_late"), exchange));
    }

    private Mono<Void> admit(
            Decision.Attempt attempt,
            @Nullable ReplayedBody body,
            ServerWebExchange exchange,
            GatewayFilterChain chain) {
        Executor home = Netty.home(exchange.getRequest());
        var paid = new PaidExchange(gate, crossing, home);
        String digest = ReplayedBody.digest(exchange.getRequest(), body);
        return crossing.<Admission>admit(
                        () -> paid.admit(attempt, digest),
                        () -> new Admission.Unavailable(gate.busy(attempt), "busy"),
                        home)
                .flatMap(admission -> switch (admission) {
                    case Admission.Refused refused -> GateAnswers.write(refused.response(), exchange);
                    case Admission.Unavailable down -> GateAnswers.write(down.response(), exchange);
                    case Admission.Granted granted -> run(granted.grant(), paid, body, exchange, chain);
                })
                .doOnCancel(paid::cancelled);
    }

    private Mono<Void> run(
            Grant grant,
            PaidExchange paid,
            @Nullable ReplayedBody body,
            ServerWebExchange exchange,
            GatewayFilterChain chain) {
        ServerHttpResponse response = exchange.getResponse();
        var before = new ResponseHead(response);
        var guarded = new GuardedResponse(response, gate, grant, paid);
        // The last defence: whoever writes past the guarded response finds that it cannot be committed.
        response.beforeCommit(() -> paid.isHolding()
                ? Mono.error(new IllegalStateException("an answer that is not paid yet was about to leave"))
                : Mono.empty());
        ServerWebExchange inner = exchange.mutate()
                .request(RequestView.paid(exchange.getRequest(), grant, body))
                .response(guarded)
                .build();
        inner.getAttributes().put(PaymentFilters.PAYMENT, grant.facts());
        return resource(grant, chain)
                .filter(inner)
                .then(Mono.defer(guarded::finish))
                .timeout(deadline(grant, paid))
                .doOnSuccess(done -> paid.completed())
                .doOnError(e -> {
                    paid.failed();
                    before.restore();
                })
                .onErrorMap(TimeoutException.class, e -> new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT))
                .onErrorResume(NotSettledException.class, e -> GateAnswers.write(e.response(), exchange));
    }

    /** What the gate itself sells takes the place of a resource: it is paid for, and may break off, like any other answer. */
    private GatewayFilterChain resource(Grant grant, GatewayFilterChain chain) {
        return gate.serves(grant)
                ? exchange -> Mono.fromFuture(
                                () -> crossing.start(() -> gate.serve(grant))
                                        .thenApplyAsync(answer -> answer, Netty.home(exchange.getRequest())),
                                true)
                        .flatMap(answer -> GateAnswers.write(answer, exchange))
                : chain;
    }

    /** Tells when the resource has taken longer than it may; never, once it has said its status. */
    private static Mono<Long> deadline(Grant grant, PaidExchange paid) {
        return Mono.delay(grant.timeout()).flatMap(late -> paid.isAnswered() ? Mono.never() : Mono.just(late));
    }
}
