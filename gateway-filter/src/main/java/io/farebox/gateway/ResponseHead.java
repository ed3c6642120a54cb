package io.farebox.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** What a response's head said before the resource said anything. */
final class ResponseHead {
    private final ServerHttpResponse response;
    private final @Nullable HttpStatusCode status;
    private final HttpHeaders headers;

    ResponseHead(ServerHttpResponse response) {
        this.response = response;
        this.status = response.getStatusCode();
        this.headers = HttpHeaders.copyOf(response.getHeaders());
    }

    /** Takes back all that was said since, if it has not left. */
    void restore() {
        if (response.isCommitted()) return;
        response.setStatusCode(status);
        response.getHeaders().clear();
        response.getHeaders().addAll(headers);
        response.getCookies().clear();
    }
}
