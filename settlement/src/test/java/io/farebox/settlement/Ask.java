package io.farebox.settlement;

import io.farebox.gate.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request with one header at most. */
record Ask(String method, String path, @Nullable String query, String name, String value) implements GateRequest {
    static Ask get(String target) {
        int mark = target.indexOf('?');
        return mark < 0
                ? new Ask("GET", target, null, "", "")
                : new Ask("GET", target.substring(0, mark), target.substring(mark + 1), "", "");
    }

    Ask with(String header, String text) {
        return new Ask(method, path, query, header, text);
    }

    @Override
    public @Nullable String header(String header) {
        return header.equalsIgnoreCase(name) ? value : null;
    }

    @Override
    public List<String> headers(String header) {
        return header.equalsIgnoreCase(name) ? List.of(value) : List.of();
    }
}
