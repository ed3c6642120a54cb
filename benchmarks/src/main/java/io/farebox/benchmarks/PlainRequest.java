package io.farebox.benchmarks;

import io.farebox.gate.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request in memory that allocates nothing, so that what is measured is the gate.
 *
 * @param payments the values of the only header, all of one name
 */
public record PlainRequest(String method, String path, String headerName, List<String> payments)
        implements GateRequest {
    /** A GET without headers. */
    public static PlainRequest get(String path) {
        return new PlainRequest("GET", path, "", List.of());
    }

    /** A GET with a payment. */
    public static PlainRequest paying(String path, String headerName, String payment) {
        return new PlainRequest("GET", path, headerName, List.of(payment));
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public List<String> headers(String name) {
        return name.equals(headerName) ? payments : List.of();
    }
}
