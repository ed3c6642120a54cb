package io.farebox.app.forward;

import java.util.Locale;
import java.util.Set;

/** Headers by which proxies tell where a request came from, or which URL it had. Only proxies that we trust may. */
final class OriginHeaders {
    static final String FORWARDED = "Forwarded";
    static final String X_FORWARDED = "X-Forwarded-";
    static final String FOR = X_FORWARDED + "For";
    static final String HOST = X_FORWARDED + "Host";
    static final String PROTO = X_FORWARDED + "Proto";
    static final String PORT = X_FORWARDED + "Port";

    private static final Set<String> OTHERS = Set.of(
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-remote-ip",
            "x-remote-addr",
            "x-original-forwarded-for",
            "x-original-host",
            "x-original-uri",
            "x-envoy-external-address",
            "x-envoy-original-path",
            "x-azure-clientip",
            "x-azure-socketip",
            "true-client-ip",
            "cf-connecting-ip",
            "cf-connecting-ipv6",
            "fastly-client-ip");

    private OriginHeaders() {}

    static boolean contain(String name) {
        // Most headers of most requests end here.
        if (name.length() < FORWARDED.length() || "xXfFtTcC".indexOf(name.charAt(0)) < 0) return false;
        // Upstreams that know headers as variables (CGI and its like) cannot tell an underscore from a hyphen.
        String plain = name.replace('_', '-');
        return isForwarded(plain) || OTHERS.contains(plain.toLowerCase(Locale.ROOT));
    }

    /** Whether it is one of those that we set. */
    static boolean isForwarded(String name) {
        return name.equalsIgnoreCase(FORWARDED) || name.regionMatches(true, 0, X_FORWARDED, 0, X_FORWARDED.length());
    }
}
