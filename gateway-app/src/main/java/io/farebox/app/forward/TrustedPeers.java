package io.farebox.app.forward;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Who is believed when it says where a request came from: the proxies whose address {@code
 * spring.cloud.gateway.server.webflux.trusted-proxies} matches as a whole. Nobody, unless configured. Thread-safe.
 */
final class TrustedPeers {
    private final @Nullable Pattern addresses;

    /** @param addresses a regular expression; nobody if null or empty */
    TrustedPeers(@Nullable String addresses) {
        this.addresses = addresses == null || addresses.isBlank() ? null : Pattern.compile(addresses);
    }

    boolean sent(ServerHttpRequest request) {
        if (addresses == null) return false;
        String peer = address(request.getRemoteAddress());
        return peer != null && addresses.matcher(peer).matches();
    }

    /** The address in digits, or null. */
    static @Nullable String address(@Nullable InetSocketAddress socket) {
        InetAddress address = socket == null ? null : socket.getAddress();
        if (address == null) return null;
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
