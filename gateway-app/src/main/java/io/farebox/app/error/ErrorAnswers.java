package io.farebox.app.error;

import io.farebox.app.log.Seldom;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers what failed with a code and a sentence, whatever the client accepts: no stack trace, no address, no text from
 * anywhere. The reason is logged.
 */
final class ErrorAnswers implements WebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);
    private static final int FIRST_SERVER_ERROR = 500;

    private final Seldom failures = new Seldom();
    private final Seldom outages = new Seldom();

    /** Before Boot's own, which writes pages. */
    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        // What has left cannot be taken back: the connection breaks off, and that is all there is to tell.
        if (response.isCommitted()) return Mono.error(error);
        Failure failure = Failure.of(error, isAsked(exchange));
        log(exchange, failure, error);
        response.setStatusCode(HttpStatusCode.valueOf(failure.status()));
        byte[] body = failure.json().getBytes(StandardCharsets.US_ASCII);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().setContentLength(body.length);
        if (exchange.getRequest().getMethod() == HttpMethod.HEAD) return response.setComplete();
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    private void log(ServerWebExchange exchange, Failure failure, Throwable error) {
        if (failure.status() < FIRST_SERVER_ERROR) return;
        (failure.isUpstream() ? outages : failures).log(skipped -> log(exchange, failure, error, skipped));
    }

    private static void log(ServerWebExchange exchange, Failure failure, Throwable error, long skipped) {
        var line = LOG.atLevel(failure.isUpstream() ? Level.WARN : Level.ERROR)
                .addKeyValue("event.action", failure.code())
                .addKeyValue("http.response.status_code", failure.status())
                .addKeyValue(
                        "http.request.method", exchange.getRequest().getMethod().name())
                .addKeyValue("url.path", exchange.getRequest().getPath().value())
                .addKeyValue("farebox.gateway_route", route(exchange))
                .addKeyValue("farebox.skipped", skipped);
        if (failure.isUpstream())
            line.addKeyValue("farebox.cause", String.valueOf(error)).log("the upstream failed");
        else line.setCause(error).log("a request failed");
    }

    private static boolean isAsked(ServerWebExchange exchange) {
        return ServerWebExchangeUtils.isAlreadyRouted(exchange)
                && exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR) == null;
    }

    private static @Nullable String route(ServerWebExchange exchange) {
        Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return route == null ? null : route.getId();
    }
}
