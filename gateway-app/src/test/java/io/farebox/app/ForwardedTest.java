package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Header;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import io.farebox.testkit.pay.PayingClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the upstream is told of the client. */
class ForwardedTest {
    private static final Header[] CLAIMS = {
        new Header("X-Forwarded-For", "6.6.6.6"),
        new Header("X-Forwarded-Host", "evil.example"),
        new Header("X-Forwarded-Proto", "https"),
        new Header("X-Forwarded-Port", "666"),
        new Header("X-Forwarded-Prefix", "/evil"),
        new Header("X-Forwarded-Uri", "/evil"),
        new Header("Forwarded", "for=6.6.6.6;host=evil.example"),
        new Header("X-Real-IP", "6.6.6.6"),
        new Header("CF-Connecting-IP", "6.6.6.6"),
        new Header("True-Client-IP", "6.6.6.6"),
        new Header("X-Original-URL", "/evil"),
        new Header("X-Other", "stays")
    };

    private static RawUpstream upstream;
    private static StubFacilitator facilitator;
    private static App app;

    private static RawUpstream.Head sent(Header... headers) throws Exception {
        RawAnswer answer = RawHttp.get(app.base(), "/free", headers);
        assertThat(answer.status()).isEqualTo(200);
        return upstream.next();
    }

    private static void open(Path folder, String... more) throws IOException {
        upstream = RawUpstream.start();
        facilitator = StubFacilitator.start();
        app = App.start(App.prices(folder, facilitator.url(), upstream.url()), more);
    }

    private static void stopAll() {
        app.close();
        facilitator.close();
        upstream.close();
    }

    @Nested
    class Strangers {
        @BeforeAll
        static void start(@TempDir Path folder) throws IOException {
            open(folder);
        }

        @AfterAll
        static void stop() {
            stopAll();
        }

        @BeforeEach
        void forget() {
            upstream.forget();
        }

        @Test
        void upstream_isToldOfTheConnection() throws Exception {
            RawUpstream.Head head = sent();
            assertThat(head.all("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(head.all("X-Forwarded-Host")).containsExactly("h.example");
            assertThat(head.all("X-Forwarded-Proto")).containsExactly("http");
            assertThat(head.all("X-Forwarded-Port"))
                    .containsExactly(String.valueOf(app.base().getPort()));
            assertThat(head.all("Forwarded")).containsExactly("for=127.0.0.1;host=\"h.example\";proto=http");
            assertThat(head.all("Host")).containsExactly(upstream.url().getAuthority());
        }

        @Test
        void claims_areDropped() throws Exception {
            RawUpstream.Head head = sent(CLAIMS);
            assertThat(head.all("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(head.all("X-Other")).containsExactly("stays");
            assertThat(head.headers().toString()).doesNotContain("evil", "6.6.6.6", "666");
        }

        @Test
        void connectionOptions_takeNothingOfOursAway() throws Exception {
            RawUpstream.Head head = sent(new Header(
                    "Connection", "close, X-Forwarded-For, X-Forwarded-Host, Forwarded, X-Forwarded-Proto, Host"));
            assertThat(head.all("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(head.all("X-Forwarded-Host")).containsExactly("h.example");
            assertThat(head.all("Forwarded")).hasSize(1);
        }

        @Test
        void oddHost_isNotPassedOn() throws Exception {
            try (var http = new RawHttp(app.base())) {
                http.send("GET", "/free", new byte[0], List.of(new Header("Connection", "close")));
                assertThat(http.readAll().status()).isEqualTo(200);
            }
            upstream.next();
            for (String host :
                    List.of("a/paid", "a;b", "a\"b", "a b", "h:99999", "h:x", "u@h", "a/../paid?", "a#", "[::1")) {
                RawAnswer answer = raw("GET /free HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
                if (answer.status() == 200) {
                    RawUpstream.Head head = upstream.next();
                    assertThat(head.target()).as(host).isEqualTo("/free");
                    assertThat(head.all("X-Forwarded-Host").toString()).as(host).doesNotContainPattern("[/;\"@#? ]");
                } else assertThat(answer.status()).as(host).isEqualTo(400);
                assertThat(upstream.waiting()).as(host).isZero();
            }
        }

        @Test
        void paidRequest_cannotTakeOurHeadersAway() throws Exception {
            try (PayingClient payer = App.payer()) {
                URI url = app.base().resolve("/paid/x");
                String payment =
                        payer.payment(payer.exchange(HttpRequest.newBuilder(url).build()));
                RawAnswer answer = RawHttp.get(
                        app.base(),
                        "/paid/x",
                        new Header("PAYMENT-SIGNATURE", payment),
                        new Header("Connection", "close, X-Farebox-Payer, X-Farebox-Assertion, X-Hop"),
                        new Header("X-Hop", "by hop"));
                assertThat(answer.status()).isEqualTo(200);
            }
            RawUpstream.Head head = upstream.next();
            assertThat(head.all("X-Farebox-Payer")).hasSize(1);
            assertThat(head.all("X-Farebox-Assertion")).hasSize(1);
            assertThat(head.all("X-Hop")).isEmpty();
            assertThat(head.all("PAYMENT-SIGNATURE")).isEmpty();
        }
    }

    @Nested
    class Proxies {
        @BeforeAll
        static void start(@TempDir Path folder) throws IOException {
            open(folder, "--spring.cloud.gateway.server.webflux.trusted-proxies=127\\.0\\.0\\.1|::1");
        }

        @AfterAll
        static void stop() {
            stopAll();
        }

        @Test
        void trusted_isKeptAndAppendedTo() throws Exception {
            RawUpstream.Head head = sent(
                    new Header("X-Forwarded-For", "5.5.5.5"),
                    new Header("X-Forwarded-For", "10.0.0.7"),
                    new Header("X-Forwarded-Host", "api.example.com"),
                    new Header("X-Forwarded-Proto", "https"),
                    new Header("X-Forwarded-Prefix", "/v1"),
                    new Header("Forwarded", "for=5.5.5.5"),
                    new Header("X-Real-IP", "5.5.5.5"));
            assertThat(head.all("X-Forwarded-For")).containsExactly("5.5.5.5, 10.0.0.7, 127.0.0.1");
            assertThat(head.all("X-Forwarded-Host")).containsExactly("api.example.com");
            assertThat(head.all("X-Forwarded-Proto")).containsExactly("https");
            assertThat(head.all("X-Forwarded-Prefix")).containsExactly("/v1");
            assertThat(head.all("X-Forwarded-Port")).isEmpty();
            assertThat(head.all("X-Real-IP")).containsExactly("5.5.5.5");
            assertThat(head.all("Forwarded"))
                    .containsExactly("for=5.5.5.5, for=127.0.0.1;host=\"h.example\";proto=http");
        }
    }

    private static RawAnswer raw(String request) throws IOException {
        try (var socket = new java.net.Socket(app.base().getHost(), app.base().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String wire = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int status = wire.isEmpty() ? 0 : Integer.parseInt(wire.substring(9, 12));
            return new RawAnswer(status, List.of(), "", true, wire.toLowerCase(Locale.ROOT));
        }
    }
}
