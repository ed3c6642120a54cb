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
 * ({@code X-Farebox-*}), and what names another method or path than the price was told from.
 */
class StrippedRequest extends HttpServletRequestWrapper {
    StrippedRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return PaymentGate.isStripped(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return PaymentGate.isStripped(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>();
        Enumeration<String> all = super.getHeaderNames();
        while (all.hasMoreElements()) {
            String name = all.nextElement();
            if (!PaymentGate.isStripped(name)) names.add(name);
        }
        return Collections.enumeration(names);
    }

    @Override
    public long getDateHeader(String name) {
        return PaymentGate.isStripped(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public int getIntHeader(String name) {
        return PaymentGate.isStripped(name) ? -1 : super.getIntHeader(name);
    }

    @Override
    public Map<String, String> getTrailerFields() {
        Map<String, String> fields = new HashMap<>(super.getTrailerFields());
        fields.keySet().removeIf(PaymentGate::isStripped);
        return fields;
    }
}
