package io.farebox.probe.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where to connect to. The name is looked up once, so that every request of a run goes to the same machine.
 *
 * @param tls whether to speak TLS
 * @param host as named, for {@code Host} and for the certificate
 */
public record Address(boolean tls, String host, int port, InetAddress at) {
    /**
     * The address of an {@code http} or {@code https} URL.
     *
     * @throws UnknownHostException if the name is not known
     * @throws IllegalArgumentException if it is another kind of URL
     */
    public static Address of(URI url) throws UnknownHostException {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        String host = url.getHost();
        if (host == null || !tls && !scheme.equals("http")) throw new IllegalArgumentException("no http URL: " + url);
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        return new Address(tls, host, port, InetAddress.getByName(name(host)));
    }

    /** The host as certificates spell it: an address of IPv6 without brackets. */
    String name() {
        return name(host);
    }

    private static String name(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Host, and the port unless it is the usual one. */
    public String authority() {
        return port == (tls ? 443 : 80) ? host : host + ":" + port;
    }

    /** Whether only this machine or a private network can be meant. */
    public boolean isNear() {
        boolean unique = at.getAddress().length == 16 && (at.getAddress()[0] & 0xFE) == 0xFC;
        return at.isLoopbackAddress() || at.isSiteLocalAddress() || at.isLinkLocalAddress() || unique;
    }

    InetSocketAddress socket() {
        return new InetSocketAddress(at, port);
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }
}
