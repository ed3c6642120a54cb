package io.farebox.gateway;

import io.farebox.gate.AnswerHeaders;
import io.farebox.gate.Grant;
import io.farebox.gate.PaymentGate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The response of a granted request: settles when the resource has said its status and before it says anything else. The body is
 * not asked for before that, so nothing is buffered while money moves.
 */
final class GuardedResponse extends ServerHttpResponseDecorator {
    private static final int OK = 200;

    /** How many parts of a body may be under way inside the splitting of the first part from the rest. */
    private static final int PREFETCH = 16;

    private final PaymentGate gate;
    private final Grant grant;
    private final PaidExchange exchange;

    GuardedResponse(ServerHttpResponse response, PaymentGate gate, Grant grant, PaidExchange exchange) {
        super(response);
        this.gate = gate;
        this.grant = grant;
        this.exchange = exchange;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return settle().onErrorResume(e -> discard(body, e))
                .then(Mono.defer(() -> super.writeAndFlushWith(watched(parts(body)))));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        Flux<Flux<DataBuffer>> parts =
                Flux.from(body).map(part -> Flux.<DataBuffer>from(part).doOnError(e -> exchange.brokenOff()));
        return settle().then(Mono.defer(() -> super.writeAndFlushWith(watched(parts))));
    }

    @Override
    public Mono<Void> setComplete() {
        return settle().then(Mono.defer(() -> {
            exchange.sent();
            return super.setComplete();
        }));
    }

    /** Settles if need be, and ends an answer of which nothing was written. */
    Mono<Void> finish() {
        return isCommitted() ? Mono.empty() : setComplete();
    }

    private Mono<Void> settle() {
        // Reactor Netty takes an interim status such as 103 for the answer; it is none that anybody should pay for.
        if (status() < OK) return Mono.error(new ResponseStatusException(HttpStatus.BAD_GATEWAY));
        return exchange.settle(status(), () -> gate.completeAnswer(grant, new Headers(getHeaders())));
    }

    private int status() {
        HttpStatusCode status = getStatusCode();
        return status == null ? OK : status.value();
    }

    /**
     * The first part, and then all the rest. An answer without a body is over for Reactor Netty with its head, before it says
     * so: that there is none counts as sent.
     */
    private Flux<Flux<DataBuffer>> parts(Publisher<? extends DataBuffer> body) {
        boolean[] first = {true};
        return Flux.<DataBuffer>from(body)
                .doOnError(e -> exchange.brokenOff())
                .doOnComplete(() -> {
                    if (first[0]) exchange.sent();
                })
                .windowUntil(part -> first[0] && !(first[0] = false), false, PREFETCH);
    }

    /**
     * A part is asked for when the one before is on the wire. So, when anything is asked for after the first part, the client
     * has something for its money; an empty part in the end asks in any case.
     */
    private Flux<Flux<DataBuffer>> watched(Flux<Flux<DataBuffer>> parts) {
        return parts.doOnError(e -> exchange.brokenOff())
                .<Flux<DataBuffer>>index((index, part) -> index == 1 ? sent(part) : part)
                .concatWith(Mono.fromSupplier(() -> sent(Flux.empty())));
    }

    private Flux<DataBuffer> sent(Flux<DataBuffer> rest) {
        return Flux.defer(() -> {
            exchange.sent();
            return rest;
        });
    }

    /** Nobody will read this body; one that waits in memory is let go. An upstream's is, with its connection, by the gateway. */
    private static Mono<Void> discard(Publisher<? extends DataBuffer> body, Throwable cause) {
        if (!(body instanceof Mono<? extends DataBuffer> one)) return Mono.error(cause);
        return one.doOnNext(DataBufferUtils::release).onErrorComplete().then(Mono.error(cause));
    }

    private record Headers(HttpHeaders headers) implements AnswerHeaders {
        @Override
        public @Nullable String get(String name) {
            var values = headers.get(name);
            return values == null || values.isEmpty() ? null : String.join(", ", values);
        }

        @Override
        public void set(String name, String value) {
            headers.set(name, value);
        }

        @Override
        public void remove(String name) {
            headers.remove(name);
        }
    }
}
