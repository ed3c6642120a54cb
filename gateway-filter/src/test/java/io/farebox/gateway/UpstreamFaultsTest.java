package io.farebox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.Header;
import io.farebox.gate.Mode;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that fail and clients that leave: each payment ends as delivered, uncharged or owed, and nothing stays behind. */
class UpstreamFaultsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private static SharedGateway gateway;
    private final GateFixture fixture = new GateFixture(Mode.ENFORCE);
    private RawUpstream upstream;
    private Host host;

    @BeforeAll
    static void start() {
        gateway = SharedGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        Leaks.requireNone();
    }

    private URI against(RawUpstream.Behaviour behaviour) throws IOException {
        upstream = new RawUpstream(behaviour);
        host = gateway.with(fixture.gate(), upstream);
        return host.base();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        fixture.requireNothingOpen();
        host.close();
        fixture.close();
    }

    private RawAnswer pay(URI base) throws IOException {
        return RawHttp.get(base, "/paid/x", fixture.pay(2));
    }

    private void uncharged() {
        await(
                () -> fixture.book().all().stream().noneMatch(row -> row.state() == PaymentState.CLAIMED),
                "a claim stayed behind");
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.RELEASED);
        assertThat(fixture.charges()).isZero();
    }

    private void owed() {
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(fixture.charges()).isEqualTo(1);
    }

    private void delivered() {
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @Test
    void down_isNotCharged() throws IOException {
        URI base = against((socket, head) -> {});
        upstream.close();
        assertThat(pay(base).status()).isGreaterThanOrEqualTo(500);
        uncharged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 2", "SSH-2.0-nonsense\r\n\r\n"})
    void brokenHead_isNotCharged(String bytes) throws IOException {
        URI base = against((socket, head) -> {
            RawUpstream.write(socket, bytes);
            socket.close();
        });
        assertThat(pay(base).status()).isGreaterThanOrEqualTo(500);
        uncharged();
    }

    @Test
    void reset_isNotCharged() throws IOException {
        URI base = against((socket, head) -> RawUpstream.reset(socket));
        assertThat(pay(base).status()).isGreaterThanOrEqualTo(500);
        uncharged();
    }

    @Test
    void resetAfterTheHead_isOwed() throws IOException {
        URI base = against((socket, head) -> {
            RawUpstream.write(socket, OK + "X-Secret: PREMIUM\r\nContent-Length: 1000\r\n\r\n");
            awaitSettled();
            RawUpstream.reset(socket);
        });
        RawAnswer answer = pay(base);
        assertThat(answer.wire()).doesNotContain("PREMIUM");
        owed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000\r\n\r\nhalf of it",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\n\r\n"
            })
    void halfABody_isOwed(String rest) throws IOException {
        URI base = against((socket, head) -> {
            RawUpstream.write(socket, OK + rest);
            awaitSettled();
            socket.close();
        });
        RawAnswer answer = pay(base);
        assertThat(answer.status() == 200 && answer.whole()).as(answer.wire()).isFalse();
        owed();
    }

    @Test
    void moreThanAnnounced_isCutOff() throws IOException {
        URI base = against((socket, head) -> {
            RawUpstream.write(socket, OK + "Content-Length: 5\r\n\r\nhellohellohello");
            socket.close();
        });
        assertThat(pay(base).body()).isEqualTo("hello");
        delivered();
    }

    @Test
    void untilTheConnectionEnds_isDelivered() throws IOException {
        URI base = against((socket, head) -> {
            RawUpstream.write(socket, OK + "\r\nall of it");
            socket.close();
        });
        assertThat(pay(base).body()).isEqualTo("all of it");
        delivered();
    }

    @Test
    void interimAnswer_isNotCharged() throws IOException {
        URI base = against((socket, head) -> RawUpstream.write(
                socket, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK + "Content-Length: 2\r\n\r\nok"));
        assertThat(pay(base).status()).isEqualTo(502);
        uncharged();
    }

    @Test
    void clientLeavesDuringVerify_isNotCharged() throws Exception {
        var gate = new Act.Hold.Gate();
        fixture.facilitator().onVerify(new Act.Hold(gate));
        URI base = against((socket, head) -> RawUpstream.write(socket, OK + "Content-Length: 2\r\n\r\nok"));
        try (RawHttp http = request(base)) {
            gate.awaitReached();
            http.reset();
        }
        awaitNoClient();
        gate.open();
        uncharged();
    }

    @Test
    void clientLeavesDuringSettle_isOwed() throws Exception {
        var gate = new Act.Hold.Gate();
        fixture.facilitator().onSettle(new Act.Hold(gate));
        URI base = against((socket, head) -> RawUpstream.write(socket, OK + "Content-Length: 2\r\n\r\nok"));
        try (RawHttp http = request(base)) {
            gate.awaitReached();
            http.reset();
        }
        awaitNoClient();
        gate.open();
        owed();
        assertThat(upstream.connections()).isLessThanOrEqualTo(3);
        assertThat(pay(base).body()).isEqualTo("ok");
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @Test
    void clientLeavesWhileTheUpstreamWorks_isNotCharged() throws Exception {
        var working = new CountDownLatch(1);
        URI base = against((socket, head) -> {
            working.countDown();
            socket.getInputStream().read(); // until the gateway hangs up
        });
        try (RawHttp http = request(base)) {
            assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
            http.reset();
        }
        uncharged();
        await(() -> upstream.connections() == 0, "the connection to the upstream stayed open");
    }

    @Test
    void clientLeavesBeforeTheFirstByte_isOwed() throws Exception {
        URI base = against((socket, head) -> {
            RawUpstream.write(socket, OK + "Content-Length: 10\r\n\r\n");
            socket.getInputStream().read();
        });
        try (RawHttp http = request(base)) {
            awaitSettled();
            http.reset();
        }
        owed();
        await(() -> upstream.connections() == 0, "the connection to the upstream stayed open");
    }

    @Test
    void clientLeavesInTheBody_isDelivered() throws Exception {
        URI base = against((socket, head) -> {
            RawUpstream.write(socket, OK + "Content-Length: 100000\r\n\r\n" + "x".repeat(100));
            socket.getInputStream().read();
        });
        try (RawHttp http = request(base)) {
            String start = http.readSome(200);
            while (!start.contains("xxx")) start += http.readSome(1);
            http.reset();
        }
        delivered();
        await(() -> upstream.connections() == 0, "the connection to the upstream stayed open");
    }

    @Test
    void eventStream_isDeliveredWithItsFirstEvent() throws Exception {
        URI base = against((socket, head) -> {
            RawUpstream.write(
                    socket,
                    OK
                            + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nd\r\ndata: first\n\n\r\n");
            socket.getInputStream().read();
        });
        try (RawHttp http = request(base)) {
            String start = http.readSome(200);
            while (!start.contains("first")) start += http.readSome(1);
            http.reset();
        }
        delivered();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"})
    void failedSettle_letsNothingOutAndLeaksNoConnection(String rest) throws Exception {
        fixture.facilitator().alwaysSettle(new Act.Decline("insufficient_funds"));
        URI base = against((socket, head) -> RawUpstream.write(socket, OK + "Set-Cookie: a=PREMIUM\r\n" + rest));
        for (int i = 0; i < 20; i++) {
            RawAnswer answer = pay(base);
            assertThat(answer.status()).isEqualTo(402);
            assertThat(answer.wire()).doesNotContain("hello", "PREMIUM");
        }
        assertThat(fixture.charges()).isZero();
        assertThat(upstream.connections()).isLessThanOrEqualTo(4);
    }

    @Test
    void failedSettle_hangsUpOnALongAnswer() throws Exception {
        fixture.facilitator().onSettle(new Act.Decline("insufficient_funds"));
        URI base = against((socket, head) -> {
            RawUpstream.write(socket, OK + "Content-Length: 100000000\r\n\r\n");
            for (int i = 0; i < 100_000; i++) RawUpstream.write(socket, "x".repeat(1000));
        });
        assertThat(pay(base).status()).isEqualTo(402);
        await(() -> upstream.connections() == 0, "an answer that nobody paid for stayed on the line");
    }

    @Test
    void connection_isReusedAfterAPaidAnswer() throws Exception {
        URI base = against((socket, head) -> RawUpstream.write(socket, OK + "Content-Length: 2\r\n\r\nok"));
        for (int i = 0; i < 20; i++) assertThat(pay(base).status()).isEqualTo(200);
        fixture.requireNothingOpen();
        assertThat(upstream.connections()).isLessThanOrEqualTo(4);
    }

    private RawHttp request(URI base) throws IOException {
        RawHttp http = new RawHttp(base);
        http.send("GET", "/paid/x", new byte[0], List.of(fixture.pay(2), new Header("Connection", "keep-alive")));
        return http;
    }

    private void awaitSettled() {
        await(() -> fixture.charges() > 0, "nothing was settled");
        // The charge is the facilitator's; the gateway hears of it a moment later.
        await(
                () -> fixture.book().all().getFirst().state() == PaymentState.SETTLED,
                "the book does not know of the settlement");
    }

    /** The gateway reads a reset from the network when it comes to it; a free request in the meantime shows that it has. */
    private void awaitNoClient() throws IOException {
        for (int i = 0; i < 5; i++) RawHttp.get(host.base(), "/free/x");
    }

    private static void await(java.util.function.BooleanSupplier condition, String complaint) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError(complaint);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
