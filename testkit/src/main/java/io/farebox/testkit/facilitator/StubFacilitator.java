package io.farebox.testkit.facilitator;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator over HTTP on loopback that does what a test tells it. Without a script it is honest, but for signatures: it
 * checks payee and amount, charges each authorization once on its {@link ChargeLedger}, and when asked again answers success
 * with the same transaction. {@code onVerify}, {@code onSettle} and {@code onSupported} script the next calls one by one.
 * Speaks HTTP/1.1 with keep-alive itself, because no server lets a test reset a connection or stop in mid-body. Thread-safe.
 */
public final class StubFacilitator implements AutoCloseable {
    /** What {@code /supported} says unless told otherwise: both versions on four networks, two of them Solana's. */
    public static final String SUPPORTED = """
            {"kinds":[
            {"x402Version":1,"scheme":"exact","network":"base-sepolia"},
            {"x402Version":1,"scheme":"exact","network":"base"},
            {"x402Version":1,"scheme":"exact","network":"solana-devnet",\
            "extra":{"feePayer":"2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4"}},
            {"x402Version":2,"scheme":"exact","network":"eip155:84532"},
            {"x402Version":2,"scheme":"exact","network":"eip155:8453"},
            {"x402Version":2,"scheme":"exact","network":"eip155:31337"},
            {"x402Version":2,"scheme":"exact","network":"solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1",\
            "extra":{"feePayer":"2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4"}}],
            "extensions":[],
            "signers":{"solana:*":["2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4"]}}
            """;

    private final Desk desk;
    private final Script verify = new Script();
    private final Script settle = new Script();
    private final Script supported = new Script();
    private final List<Exchange> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final int port;
    private volatile String supportedBody = SUPPORTED;
    private volatile Listening listening;

    /** One time of listening, from start to stop. */
    private record Listening(ServerSocket server, CountDownLatch stopped, CountDownLatch ended) {}

    private StubFacilitator(ChargeLedger ledger) {
        desk = new Desk(ledger);
        listening = listen(0);
        port = listening.server().getLocalPort();
    }

    /** Starts one on a free port. */
    public static StubFacilitator start() {
        return start(new ChargeLedger());
    }

    /** Starts one that shares a ledger, the same chain, with others. */
    public static StubFacilitator start(ChargeLedger ledger) {
        return new StubFacilitator(ledger);
    }

    /** Its base URL, without a trailing slash. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The same port as if it spoke TLS, which it does not: every handshake fails. */
    public URI urlOverTls() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** What to do with the next calls of {@code /verify}, in order. */
    public StubFacilitator onVerify(Act... acts) {
        verify.then(acts);
        return this;
    }

    /** What to do with the next calls of {@code /settle}, in order. */
    public StubFacilitator onSettle(Act... acts) {
        settle.then(acts);
        return this;
    }

    /** What to do with the next calls of {@code /supported}, in order. */
    public StubFacilitator onSupported(Act... acts) {
        supported.then(acts);
        return this;
    }

    /** What to do with every call of {@code /verify} from now on. */
    public StubFacilitator alwaysVerify(Act act) {
        verify.always(act);
        return this;
    }

    /** What to do with every call of {@code /settle} from now on. */
    public StubFacilitator alwaysSettle(Act act) {
        settle.always(act);
        return this;
    }

    /** What to do with every call of {@code /supported} from now on. */
    public StubFacilitator alwaysSupported(Act act) {
        supported.always(act);
        return this;
    }

    /** What {@code /supported} says when it obeys. */
    public StubFacilitator supports(String json) {
        supportedBody = json;
        return this;
    }

    /** From now on a settled authorization is refused as used when asked again, as by facilitators that keep no memory. */
    public StubFacilitator forgetful() {
        desk.forgetful = true;
        return this;
    }

    /** The chain behind it. */
    public ChargeLedger ledger() {
        return desk.ledger;
    }

    public int verifyCalls() {
        return verify.calls();
    }

    public int settleCalls() {
        return settle.calls();
    }

    public int supportedCalls() {
        return supported.calls();
    }

    /** All requests that were read, in order. */
    public List<Exchange> requests() {
        return List.copyOf(requests);
    }

    /** How many connections were ever accepted. */
    public int connections() {
        return connections.get();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return open.size();
    }

    /** How many bytes were handed to the network so far. */
    public long bytesWritten() {
        return written.get();
    }

    /** Stops listening and drops all connections; further ones are refused. The port is kept for {@link #startAgain}. */
    public void stop() {
        listening.stopped().countDown();
        close(listening.server());
        // The port is free only when nobody accepts on it any more.
        awaitUninterruptibly(listening.ended());
        open.forEach(StubFacilitator::close);
    }

    /** Drops the open connections without stopping, as a server does that has been restarted behind a load balancer. */
    public void dropConnections() {
        open.forEach(StubFacilitator::close);
    }

    /** Listens again on the same port after {@link #stop}. */
    public void startAgain() {
        listening = listen(port);
    }

    @Override
    public void close() {
        stop();
    }

    private Listening listen(int onPort) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), onPort), 1024);
            Listening started = new Listening(server, new CountDownLatch(1), new CountDownLatch(1));
            Thread.ofVirtual().name("stub-facilitator").start(() -> accept(started));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Listening on) {
        try {
            while (true) {
                Socket socket = on.server().accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, on));
            }
        } catch (IOException e) {
            // stopped
        } finally {
            on.ended().countDown();
        }
    }

    private void serve(Socket socket, Listening on) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Answering out = new Answering(socket, written, on.stopped());
            Exchange exchange = Exchange.read(in);
            while (exchange != null) {
                requests.add(exchange);
                answer(exchange, out);
                exchange = socket.isClosed() ? null : Exchange.read(in);
            }
        } catch (IOException | JsonFormatException e) {
            // The caller went away or sent no HTTP; what it makes of that is the test's business.
        } finally {
            open.remove(socket);
        }
    }

    private void answer(Exchange exchange, Answering out) throws IOException {
        String target = exchange.target();
        if (target.endsWith("/verify")) perform(verify.take(), asked(exchange), true, out);
        else if (target.endsWith("/settle")) perform(settle.take(), asked(exchange), false, out);
        else if (target.endsWith("/supported")) perform(supported.take(), null, true, out);
        else out.say(404, List.of(), "");
    }

    private Asked asked(Exchange exchange) {
        Asked asked = Asked.read(Json.readObject(exchange.body()));
        if (exchange.target().endsWith("/settle")) desk.ledger.ask(asked.authorization());
        return asked;
    }

    private void perform(Act act, @Nullable Asked asked, boolean verifies, Answering out) throws IOException {
        switch (act) {
            case Act.Obey() -> out.json(honest(asked, verifies));
            case Act.Hold(var gate) -> {
                gate.pass();
                out.json(honest(asked, verifies));
            }
            case Act.Drip(var interval) -> out.drip(honest(asked, verifies), interval);
            case Act.Decline(var reason) -> out.json(desk.declined(verifies, require(asked), reason));
            case Act.Pending() -> out.json(desk.pending(require(asked)));
            case Act.Lose(var loss, var acts) -> {
                if (acts) honest(asked, verifies);
                out.lose(loss);
            }
            case Act.Say(var status, var headers, var body, var acts) -> {
                if (acts) honest(asked, verifies);
                out.say(status, headers, asked == null ? body : Desk.fill(body, asked));
            }
            case Act.Flood(var kind) -> out.flood(kind);
            case Act.Unreachable() -> throw new IllegalStateException("over HTTP, stop() makes it unreachable");
        }
    }

    private String honest(@Nullable Asked asked, boolean verifies) {
        if (asked == null) return supportedBody;
        return verifies ? desk.verify(asked) : desk.settle(asked);
    }

    private static Asked require(@Nullable Asked asked) {
        if (asked == null) throw new IllegalStateException("this act is for /verify and /settle");
        return asked;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
