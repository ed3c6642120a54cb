package io.farebox.app.forward;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the upstream who asked, as the connection shows it: {@code X-Forwarded-For}, {@code -Host}, {@code -Proto}, {@code -Port}
 * and {@code Forwarded} (RFC 7239). What a trusted proxy said before is kept: our peer is appended to its lists, and its host,
 * scheme and port stand, since ours are those of the connection to us.
 *
 * <p>The gateway's own filters set nothing for peers that are not trusted, and when they do, a client could have the result
 * removed again by naming it in {@code Connection}. So this one comes last, and starts from the request.
 */
final class ForwardedHeaders implements HttpHeadersFilter, Ordered {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,255}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");

    private final boolean listed;
    private final boolean standard;

    /**
     * @param listed whether to set {@code X-Forwarded-*}
     * @param standard whether to set {@code Forwarded}
     */
    ForwardedHeaders(boolean listed, boolean standard) {
        this.listed = listed;
        this.standard = standard;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** @param input a copy that is ours: filters before this one always make one */
    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        restore(request.getHeaders(), input);
        String peer = TrustedPeers.address(request.getRemoteAddress());
        String host = host(request);
        String scheme = "https".equals(request.getURI().getScheme()) ? "https" : "http";
        if (listed) {
            append(input, OriginHeaders.FOR, peer);
            describe(input, host, scheme, request.getLocalAddress());
        }
        if (standard) append(input, OriginHeaders.FORWARDED, element(peer, host, scheme));
        return input;
    }

    private static void describe(
            HttpHeaders headers, @Nullable String host, String scheme, @Nullable InetSocketAddress local) {
        // Our port belongs to our host and scheme, not to those that a proxy told.
        boolean isTold = headers.containsHeader(OriginHeaders.HOST) || headers.containsHeader(OriginHeaders.PROTO);
        if (!isTold && local != null) setIfAbsent(headers, OriginHeaders.PORT, String.valueOf(local.getPort()));
        setIfAbsent(headers, OriginHeaders.HOST, host);
        setIfAbsent(headers, OriginHeaders.PROTO, scheme);
    }

    /** What is in the request by now came from trusted proxies, or from the route's own filters. */
    private static void restore(HttpHeaders request, HttpHeaders input) {
        for (String name : List.copyOf(input.headerNames())) if (OriginHeaders.isForwarded(name)) input.remove(name);
        for (String name : request.headerNames()) {
            List<String> values = request.get(name);
            if (OriginHeaders.isForwarded(name) && values != null) input.put(name, new ArrayList<>(values));
        }
    }

    private static void append(HttpHeaders headers, String name, @Nullable String value) {
        if (value == null) return;
        List<String> before = headers.get(name);
        headers.set(name, before == null || before.isEmpty() ? value : String.join(", ", before) + ", " + value);
    }

    private static void setIfAbsent(HttpHeaders headers, String name, @Nullable String value) {
        if (value != null && !headers.containsHeader(name)) headers.set(name, value);
    }

    private static String element(@Nullable String peer, @Nullable String host, String scheme) {
        StringBuilder element = new StringBuilder("for=").append(node(peer));
        if (host != null) element.append(";host=\"").append(host).append('"');
        return element.append(";proto=").append(scheme).toString();
    }

    private static String node(@Nullable String peer) {
        if (peer == null) return "unknown";
        return peer.indexOf(':') < 0 ? peer : "\"[" + peer + "]\"";
    }

    /** What the client calls us; null if it is no host at all. */
    private static @Nullable String host(ServerHttpRequest request) {
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        return host != null && HOST.matcher(host).matches() ? host : null;
    }
}
