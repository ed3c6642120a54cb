package io.farebox.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a server on which everything takes a while, in each direction: what is written together arrives together, in order,
 * after a time drawn at random. Nothing is delayed until {@link #delay} is called. Thread-safe.
 */
public final class SlowLink implements AutoCloseable {
    private static final byte[] END = {};

    private final int target;
    private final AtomicLong seeds;
    private final ServerSocket door;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile int most;

    /**
     * Listens on a port of its own.
     *
     * @param target the server's port on loopback
     * @param seed of the times
     */
    public SlowLink(int target, long seed) {
        this.target = target;
        this.seeds = new AtomicLong(seed);
        try {
            this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on each direction takes between nothing and so long. */
    public void delay(int mostMillis) {
        most = mostMillis;
    }

    /** Ends all connections; new ones are let through. */
    public void cut() {
        sockets.forEach(SlowLink::end);
        sockets.clear();
    }

    private record Chunk(long due, byte[] bytes) {}

    private void accept() {
        while (true) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            pass(client, server);
            pass(server, client);
        } catch (IOException e) {
            end(client);
        }
    }

    private void pass(Socket from, Socket to) {
        BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
        Random random = new Random(seeds.getAndIncrement());
        Thread.ofVirtual().start(() -> read(from, underWay, random));
        Thread.ofVirtual().start(() -> write(to, underWay));
    }

    private void read(Socket from, Queue<Chunk> underWay, Random random) {
        byte[] some = new byte[16 * 1024];
        long last = System.nanoTime();
        try {
            while (true) {
                int read = from.getInputStream().read(some);
                if (read < 0) break;
                long delay = TimeUnit.MICROSECONDS.toNanos(random.nextInt(1_000 * most + 1));
                last = Math.max(last, System.nanoTime() + delay);
                underWay.add(new Chunk(last, Arrays.copyOf(some, read)));
            }
        } catch (IOException e) {
            // Ended by the other direction, or by us.
        }
        underWay.add(new Chunk(last, END));
    }

    private void write(Socket to, BlockingQueue<Chunk> underWay) {
        try {
            for (Chunk chunk = underWay.take(); chunk.bytes().length > 0; chunk = underWay.take()) {
                for (long left = chunk.due() - System.nanoTime(); left > 0; left = chunk.due() - System.nanoTime())
                    LockSupport.parkNanos(left);
                to.getOutputStream().write(chunk.bytes());
            }
        } catch (IOException e) {
            // The receiver has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(to);
        sockets.remove(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
