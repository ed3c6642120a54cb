package io.farebox.gateway;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request's body that nobody wants, because the gate answers. A small one is read and thrown away, and the connection lives on;
 * for one that is larger, or does not say how large it is, the connection is closed after the answer: otherwise a stranger could
 * have us read gigabytes for a 402.
 */
final class UnreadBody {
    private UnreadBody() {}

    /** Has the connection end with the answer that is about to be written, if the body is not worth waiting for. */
    static void hangUp(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        ServerHttpResponse response = exchange.getResponse();
        if (ReplayedBody.isEmpty(request) || ReplayedBody.isReadable(request) || response.isCommitted()) return;
        if (Netty.closeAfterwards(request)) response.getHeaders().set(HttpHeaders.CONNECTION, "close");
    }
}
