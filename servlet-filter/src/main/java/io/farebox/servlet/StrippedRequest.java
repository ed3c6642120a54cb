package io.farebox.servlet;

import io.farebox.gate.PaymentGate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request without the headers that are none of the application's business: payments, anything that only we may say
 * ({@code X-Farebox-*}), and method overrides, because the price was told from the real method.
 */
class StrippedRequest extends HttpServletRequestWrapper {
    StrippedRequest(HttpServletRequest request) {
        super(request);
    }

    static boolean isStripped(String name) {
        return isMethodOverride(name) || PaymentGate.isStripped(name);
    }

    private static boolean isMethodOverride(String name) {
        if (name.length() < 13 || (name.charAt(0) | 0x20) != 'x') return false;
        return name.equalsIgnoreCase("X-HTTP-Method-Override")
                || name.equalsIgnoreCase("X-HTTP-Method")
                || name.equalsIgnoreCase("X-Method-Override");
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isStripped(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isStripped(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>();
        Enumeration<String> all = super.getHeaderNames();
        while (all.hasMoreElements()) {
            String name = all.nextElement();
            if (!isStripped(name)) names.add(name);
        }
        return Collections.enumeration(names);
    }

    @Override
    public long getDateHeader(String name) {
        return isStripped(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public int getIntHeader(String name) {
        return isStripped(name) ? -1 : super.getIntHeader(name);
    }

    @Override
    public Map<String, String> getTrailerFields() {
        Map<String, String> fields = new HashMap<>(super.getTrailerFields());
        fields.keySet().removeIf(StrippedRequest::isStripped);
        return fields;
    }
}
