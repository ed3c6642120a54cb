package io.farebox.app.run;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where this gateway itself listens. Only what is plain is recognised: names other than {@code localhost} are not looked up,
 * since a start must not depend on a name server.
 */
final class OwnAddress {
    private final Environment environment;

    OwnAddress(Environment environment) {
        this.environment = environment;
    }

    /** The property whose port a URL leads back to, or null. */
    @Nullable
    String ledTo(URI url) {
        InetAddress target = literal(url.getHost());
        if (target == null) return null;
        for (String server : new String[] {"server", "management.server"}) {
            if (port(url) == listening(server) && isOurs(target, server)) return server + ".port";
        }
        return null;
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) return url.getPort();
        return url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private int listening(String server) {
        return environment.getProperty(server + ".port", Integer.class, -1);
    }

    private boolean isOurs(InetAddress target, String server) {
        InetAddress bound = literal(environment.getProperty(server + ".address"));
        if (bound != null && !bound.isAnyLocalAddress()) return bound.equals(target);
        return target.isLoopbackAddress() || target.isAnyLocalAddress() || isOfThisMachine(target);
    }

    private static boolean isOfThisMachine(InetAddress target) {
        try {
            return NetworkInterface.getByInetAddress(target) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static @Nullable InetAddress literal(@Nullable String host) {
        if (host == null || host.isEmpty()) return null;
        if (host.toLowerCase(Locale.ROOT).equals("localhost")) return InetAddress.getLoopbackAddress();
        boolean isLiteral = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        try {
            return isLiteral ? InetAddress.getByName(host) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
