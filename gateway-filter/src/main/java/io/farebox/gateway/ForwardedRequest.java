package io.farebox.gateway;

import io.farebox.gate.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** A request as a {@code forward:} route sends it to something else inside the gateway. */
final class ForwardedRequest implements GateRequest {
    private final WebFluxGateRequest request;
    private final String path;

    ForwardedRequest(ServerHttpRequest request, String path) {
        this.request = new WebFluxGateRequest(request, false);
        this.path = path;
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return request.query();
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }
}
