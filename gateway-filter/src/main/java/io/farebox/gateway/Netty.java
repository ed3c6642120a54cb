package io.farebox.gateway;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/** What Reactor Netty knows of a request and Spring does not tell. */
final class Netty {
    private Netty() {}

    /** Where the request's connection lives; on other servers whatever thread comes along. */
    static Executor home(ServerHttpRequest request) {
        HttpServerRequest netty = netty(request);
        if (netty == null) return Runnable::run;
        Executor[] home = {Runnable::run};
        netty.withConnection(connection -> home[0] = connection.channel().eventLoop());
        return home[0];
    }

    /** The request target as received, or null on other servers. */
    static @Nullable String target(ServerHttpRequest request) {
        HttpServerRequest netty = netty(request);
        return netty == null ? null : netty.uri();
    }

    private static @Nullable HttpServerRequest netty(ServerHttpRequest request) {
        boolean isNative =
                request instanceof AbstractServerHttpRequest || request instanceof ServerHttpRequestDecorator;
        return isNative && ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty
                ? netty
                : null;
    }
}
