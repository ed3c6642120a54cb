package io.farebox.ledger.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A way to a server on which what is connected can be made to fall silent, as if the machine had vanished. */
final class VanishingProxy implements AutoCloseable {
    private final int target;
    private final ServerSocket door;
    private volatile Duration late = Duration.ZERO;
    private volatile long slowUntil = System.nanoTime();
    private final Queue<AtomicBoolean> silenced = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    VanishingProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Passes nothing on any more for those that are connected. */
    void vanish() {
        silenced.forEach(each -> each.set(true));
    }

    /** From now on, and for so long, what is said comes late. */
    void slow(Duration by, Duration time) {
        late = by;
        slowUntil = System.nanoTime() + time.toNanos();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                AtomicBoolean silent = new AtomicBoolean();
                silenced.add(silent);
                Thread.ofVirtual().start(() -> pass(client, server, silent));
                Thread.ofVirtual().start(() -> pass(server, client, silent));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pass(Socket from, Socket to, AtomicBoolean silent) {
        byte[] some = new byte[4096];
        try {
            for (int read = 0; read >= 0; read = from.getInputStream().read(some)) {
                if (System.nanoTime() < slowUntil) LockSupport.parkNanos(late.toNanos());
                if (!silent.get()) to.getOutputStream().write(some, 0, read);
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) socket.close();
    }
}
