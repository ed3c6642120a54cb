package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentState;
import io.farebox.settlement.Farebox;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.FreePort;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import io.farebox.testkit.pay.PaidExchange;
import io.farebox.testkit.pay.PayingClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients are told when what is behind the gateway fails, and that it costs them nothing. */
class UpstreamFailureTest {
    private static final String DOWN =
            "{\"error\":\"upstream_unavailable\",\"message\":\"The service behind this gateway cannot be reached.\"}";

    private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes";

    private static RawUpstream upstream;
    private static StubFacilitator facilitator;
    private static App app;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        upstream = RawUpstream.start();
        facilitator = StubFacilitator.start();
        app = App.start(
                App.prices(folder, facilitator.url(), upstream.url()),
                ROUTE + "[0].id=down",
                ROUTE + "[0].uri=http://127.0.0.1:" + FreePort.find(),
                ROUTE + "[0].predicates[0]=Path=/down,/paid/down",
                ROUTE + "[1].id=unknown",
                ROUTE + "[1].uri=http://nowhere.invalid",
                ROUTE + "[1].predicates[0]=Path=/unknown,/paid/unknown",
                ROUTE + "[2].id=plain",
                ROUTE + "[2].uri=https://127.0.0.1:" + upstream.url().getPort(),
                ROUTE + "[2].predicates[0]=Path=/tls,/paid/tls",
                "--spring.cloud.gateway.server.webflux.httpclient.response-timeout=1s");
    }

    @AfterAll
    static void stop() {
        app.close();
        facilitator.close();
        upstream.close();
    }

    @AfterEach
    void behave() {
        upstream.behave(head -> RawUpstream.ok("upstream"));
        upstream.forget();
    }

    private static RawAnswer get(String target) throws IOException {
        return RawHttp.get(app.base(), target);
    }

    private static void requirePlain(RawAnswer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.wire()).doesNotContain("127.0.0.1", "invalid", "Exception", "netty", "\tat ", "html");
    }

    @Test
    void unreachable_is502WithoutDetails() throws IOException {
        for (String target : new String[] {"/down", "/unknown", "/tls"}) {
            RawAnswer answer = get(target);
            assertThat(answer.status()).as(target).isEqualTo(502);
            assertThat(answer.body()).isEqualTo(DOWN);
            requirePlain(answer);
        }
    }

    @Test
    void brokenAnswers_are502() throws IOException {
        upstream.behave(head -> "");
        assertThat(get("/free").status()).isEqualTo(502);
        upstream.behave(head -> "HTTP/1.1 two hundred\r\n\r\n");
        assertThat(get("/free").status()).isEqualTo(502);
        upstream.behave(head -> "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");
        RawAnswer answer = get("/free");
        assertThat(answer.status()).isEqualTo(502);
        requirePlain(answer);
    }

    @Test
    void slow_is504() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        upstream.behave(head -> {
            never.await();
            return "";
        });
        RawAnswer answer = get("/free");
        never.countDown();
        assertThat(answer.status()).isEqualTo(504);
        requirePlain(answer);
    }

    @Test
    void slowAnswerThatIsPaidFor_mayTakeAsLongAsThePriceListSays() {
        upstream.behave(head -> {
            LockSupport.parkNanos(Duration.ofMillis(2_500).toNanos());
            return RawUpstream.ok("worth waiting for");
        });
        try (PayingClient payer = App.payer()) {
            assertThat(payer.get(app.base().resolve("/paid/slow")).status()).isEqualTo(200);
        }
    }

    @Test
    void longUpload_isNoSlowAnswer() throws Exception {
        byte[] part = new byte[10_000];
        String head = "POST /free HTTP/1.1\r\nHost: h.example\r\nConnection: close\r\nContent-Length: 50000\r\n\r\n";
        try (var socket = new java.net.Socket(app.base().getHost(), app.base().getPort())) {
            socket.getOutputStream().write(head.getBytes());
            for (int i = 0; i < 5; i++) {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                socket.getOutputStream().write(part);
            }
            assertThat(new String(socket.getInputStream().readAllBytes())).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whatFails_isNotCharged() {
        for (String path : new String[] {"/paid/down", "/paid/unknown", "/paid/tls"}) {
            try (PayingClient payer = App.payer()) {
                URI url = app.base().resolve(path);
                PaidExchange failed = payer.get(url);
                assertThat(failed.status()).as(path).isEqualTo(502);
                assertThat(failed.answer().body()).asString().isEqualTo(DOWN);
                assertThat(failed.receipt()).isEmpty();
                String payment = failed.payment().orElseThrow();
                assertThat(facilitator.ledger().isCharged(Rows.authorization(payment)))
                        .isFalse();
                awaitReleased(payment);
            }
        }
    }

    private static void awaitReleased(String payment) {
        var book = app.context().getBean(Farebox.class).book();
        Instant end = Instant.now().plusSeconds(10);
        while (Instant.now().isBefore(end)) {
            var row = book.find(Rows.key(payment)).orElseThrow();
            if (row.state() == PaymentState.RELEASED && row.delivery() == DeliveryState.NONE) return;
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("not given back");
    }
}
