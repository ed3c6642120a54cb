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
    private final @Nullable String pricedAs;

    WebFluxGateRequest(ServerHttpRequest request, boolean authenticated) {
        this(request, authenticated, null);
    }

    /** @param pricedAs the path of the price list that says what it costs; null for the request's own */
    WebFluxGateRequest(ServerHttpRequest request, boolean authenticated, @Nullable String pricedAs) {
        this.request = request;
        this.authenticated = authenticated;
        this.pricedAs = pricedAs;
    }

    @Override
    public String method() {
        return request.getMethod().name();
    }

    @Override
    public String path() {
        if (pricedAs != null) return pricedAs;
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
