package io.farebox.servlet;

import io.farebox.gate.GateRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A servlet request as the gate sees it. */
final class ServletGateRequest implements GateRequest {
    private final HttpServletRequest request;
    private final String path;
    private final String fullPath;
    private final @Nullable String query;

    /**
     * @param path raw, relative to the context
     * @param fullPath raw, with the context path
     */
    ServletGateRequest(HttpServletRequest request, String path, String fullPath, @Nullable String query) {
        this.request = request;
        this.path = path;
        this.fullPath = fullPath;
        this.query = query;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String fullPath() {
        return fullPath;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public boolean authenticated() {
        return request.getUserPrincipal() != null;
    }
}
