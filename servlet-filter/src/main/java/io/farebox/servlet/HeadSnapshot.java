package io.farebox.servlet;

import io.farebox.gate.Header;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Status and headers of a response at one moment, so that everything that came later can be taken back. */
final class HeadSnapshot {
    private static final String NOTHING = "";

    private final HttpServletResponse response;
    private final int status;
    private final @Nullable String contentType;
    private final List<Header> headers = new ArrayList<>();

    HeadSnapshot(HttpServletResponse response) {
        this(response, NOTHING);
    }

    /** Leaves one header out. */
    HeadSnapshot(HttpServletResponse response, String without) {
        this.response = response;
        this.status = response.getStatus();
        this.contentType = response.getContentType();
        for (String name : response.getHeaderNames()) {
            if (isContentHeader(name) || name.equalsIgnoreCase(without)) continue;
            for (String value : response.getHeaders(name)) headers.add(new Header(name, value));
        }
    }

    /** Takes back what came later. @throws IllegalStateException if the response is committed */
    void restore() {
        response.reset();
        // Jetty keeps the cookie of a new session through a reset; it belongs to the answer that is thrown away.
        if (response.containsHeader("Set-Cookie")) response.setHeader("Set-Cookie", null);
        response.setStatus(status);
        if (contentType != null) response.setContentType(contentType);
        for (Header header : headers) response.addHeader(header.name(), header.value());
    }

    /** Content headers have setters of their own, and not every container lists them here. */
    private static boolean isContentHeader(String name) {
        return name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Length");
    }
}
