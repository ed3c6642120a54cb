package io.farebox.gateway;

import io.farebox.gate.GateResponse;
import io.farebox.gate.Header;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes the gate's own answers. */
final class GateAnswers {
    private static final int NO_CONTENT = 204;

    private GateAnswers() {}

    /** As {@link #write}, to a client that has not sent what it announced: nothing more can come over this connection. */
    static Mono<Void> writeAndHangUp(GateResponse answer, ServerWebExchange exchange) {
        if (Netty.closeAfterwards(exchange.getRequest())) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        }
        return write(answer, exchange);
    }

    /** Writes a whole answer. */
    static Mono<Void> write(GateResponse answer, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        head(answer, response.getHeaders());
        UnreadBody.hangUp(exchange);
        if (answer.body().length == 0 || exchange.getRequest().getMethod() == HttpMethod.HEAD) {
            return response.setComplete();
        }
        DataBuffer body = response.bufferFactory().wrap(answer.body());
        return response.writeWith(Mono.just(body));
    }

    /**
     * A header replaces one that an earlier filter set, so that nothing is said twice; only {@code Vary}, and further values of
     * the same header, are added.
     */
    private static void head(GateResponse answer, HttpHeaders headers) {
        List<Header> all = answer.headers();
        for (int i = 0; i < all.size(); i++) {
            Header header = all.get(i);
            if (header.name().equalsIgnoreCase(HttpHeaders.VARY) || isNamedBefore(i, all)) {
                headers.add(header.name(), header.value());
            } else {
                headers.set(header.name(), header.value());
            }
        }
        if (answer.status() != NO_CONTENT) headers.setContentLength(answer.body().length);
    }

    private static boolean isNamedBefore(int index, List<Header> headers) {
        String name = headers.get(index).name();
        for (int i = 0; i < index; i++) if (headers.get(i).name().equalsIgnoreCase(name)) return true;
        return false;
    }
}
