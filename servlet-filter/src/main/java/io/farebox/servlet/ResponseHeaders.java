package io.farebox.servlet;

import io.farebox.gate.AnswerHeaders;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The headers of a response that is not committed, as the gate completes them. */
final class ResponseHeaders implements AnswerHeaders {
    private final HttpServletResponse response;

    ResponseHeaders(HttpServletResponse response) {
        this.response = response;
    }

    @Override
    public @Nullable String get(String name) {
        Collection<String> values = response.getHeaders(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    @Override
    public void set(String name, String value) {
        response.setHeader(name, value);
    }

    @Override
    public void remove(String name) {
        if (!response.containsHeader(name)) return;
        response.setHeader(name, null);
        // Servlet 6.0 containers ignore a null value, and have no other way to take one header back.
        if (response.containsHeader(name)) new HeadSnapshot(response, name).restore();
    }
}
