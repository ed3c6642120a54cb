package io.farebox.benchmarks.load;

import io.farebox.gate.GateResponse;
import io.farebox.gate.Header;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The least that a filter can do to ask for a payment: one answer, byte for byte the gate's, for everything below a prefix. */
final class ConstantFilter implements Filter {
    private final String prefix;
    private final int status;
    private final String[] names;
    private final String[] values;
    private final byte[] body;

    ConstantFilter(String prefix, GateResponse answer) {
        this.prefix = prefix;
        this.status = answer.status();
        this.names = answer.headers().stream().map(Header::name).toArray(String[]::new);
        this.values = answer.headers().stream().map(Header::value).toArray(String[]::new);
        this.body = answer.body();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (((HttpServletRequest) request).getRequestURI().startsWith(prefix)) {
            write((HttpServletResponse) response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        for (int i = 0; i < names.length; i++) response.setHeader(names[i], values[i]);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
