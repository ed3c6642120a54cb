package io.farebox.gateway;

import io.netty.channel.socket.DuplexChannel;
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

    /**
     * Prepares the connection for an answer that says {@code Connection: close}, so that a client which is still sending can read
     * it. @return whether there is a connection of this request's own: streams of HTTP/2 have none, and flow control instead
     */
    static boolean closeAfterwards(ServerHttpRequest request) {
        HttpServerRequest netty = netty(request);
        if (netty == null) return false;
        boolean[] own = {false};
        netty.withConnection(connection -> {
            if (!(connection.channel() instanceof DuplexChannel channel)) return;
            own[0] = true;
            if (channel.pipeline().get(LingeringClose.class) == null) {
                channel.pipeline().addFirst(new LingeringClose());
            }
        });
        return own[0];
    }

    private static @Nullable HttpServerRequest netty(ServerHttpRequest request) {
        boolean isNative =
                request instanceof AbstractServerHttpRequest || request instanceof ServerHttpRequestDecorator;
        return isNative && ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty
                ? netty
                : null;
    }
}
