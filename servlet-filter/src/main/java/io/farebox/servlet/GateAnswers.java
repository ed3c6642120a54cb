package io.farebox.servlet;

import io.farebox.gate.GateResponse;
import io.farebox.gate.Header;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the gate's own answers. */
final class GateAnswers {
    private GateAnswers() {}

    /** Writes a whole answer and sends it. */
    static void write(GateResponse answer, HttpServletResponse response) throws IOException {
        head(answer, response);
        if (answer.body().length > 0) response.getOutputStream().write(answer.body());
        response.flushBuffer();
    }

    /**
     * Writes status and headers. A header replaces one that an earlier filter set, so that nothing is said twice; only
     * {@code Vary}, and further values of the same header, are added.
     */
    static void head(GateResponse answer, HttpServletResponse response) {
        response.setStatus(answer.status());
        List<String> seen = new ArrayList<>(answer.headers().size());
        for (Header header : answer.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.equals("vary") || seen.contains(name)) response.addHeader(header.name(), header.value());
            else response.setHeader(header.name(), header.value());
            seen.add(name);
        }
        if (answer.status() != HttpServletResponse.SC_NO_CONTENT) response.setContentLength(answer.body().length);
    }
}
