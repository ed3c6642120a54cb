package io.farebox.testkit.host;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that must know its number before it listens.
 *
 * <p>It lies below the range from which the system gives local ports to outgoing connections (32768 and up on Linux, 49152 and up
 * elsewhere): a port that the system chose itself may be taken by any connection before the server listens on it.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_767;

    private FreePort() {}

    /**
     * A port of the loopback on which nothing listens now.
     *
     * @throws IOException when none was found in a hundred attempts
     */
    public static int find() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port)) return port;
        }
        throw new IOException("no free port between " + FIRST + " and " + LAST + " was found");
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (BindException taken) {
            return false;
        }
    }
}
