package io.farebox.gateway;

import io.farebox.gate.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** A reactive request as the gate sees it. */
final class WebFluxGateRequest implements GateRequest {
    private final ServerHttpRequest request;
    private final boolean authenticated;

    WebFluxGateRequest(ServerHttpRequest request, boolean authenticated) {
        this.request = request;
        this.authenticated = authenticated;
    }

    @Override
    public String method() {
        return request.getMethod().name();
    }

    @Override
    public String path() {
        RequestPath path = request.getPath();
        return path.contextPath().value().isEmpty()
                ? fullPath()
                : path.pathWithinApplication().value();
    }

    @Override
    public String fullPath() {
        return request.getPath().value();
    }

    @Override
    public @Nullable String query() {
        return request.getURI().getRawQuery();
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeaders().getFirst(name);
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = request.getHeaders().get(name);
        return values == null ? List.of() : values;
    }

    @Override
    public boolean authenticated() {
        return authenticated;
    }
}
