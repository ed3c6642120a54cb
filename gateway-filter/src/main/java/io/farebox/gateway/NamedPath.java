package io.farebox.gateway;

import io.farebox.gate.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path of the price list that nobody has asked for yet. */
record NamedPath(String path) implements GateRequest {
    @Override
    public String method() {
        return "GET";
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public @Nullable String header(String name) {
        return null;
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }
}
