package io.farebox.probe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Header;
import io.farebox.probe.corpus.Shape;
import io.farebox.probe.corpus.Trial;
import io.farebox.testkit.host.WireServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawClientTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Queue<String> heads = new ConcurrentLinkedQueue<>();

    @Test
    void target_goesOutAsItIs() throws Exception {
        Reply reply =
                exchange("HTTP/1.1 204 X\r\n\r\n", Trial.of(Shape.MIXED, "", "g\u00e9t", "/a/..;/%2e|\u00ff x"), LONG);
        assertThat(reply).isInstanceOf(Reply.Answer.class);
        assertThat(heads.remove()).startsWith("g\u00e9t /a/..;/%2e|\u00ff x HTTP/1.1\r\nHost: 127.0.0.1:");
    }

    @Test
    void headers_comeOnce_andHostMayBeReplaced() throws Exception {
        Trial named = Trial.of(Shape.HOSTS, "", "GET", "/", new Header("Connection", "x"));
        exchange("HTTP/1.1 204 X\r\n\r\n", named, LONG, new Header("host", "other"), new Header("Authorization", "k"));
        String[] lines = heads.remove().split("\r\n");
        assertThat(lines).containsExactly("GET / HTTP/1.1", "Host: other", "Authorization: k", "Connection: x");
    }

    @Test
    void chunks_areJoined_andInterimAnswersLeftOut() throws Exception {
        String wire =
                "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nX: 1\r\n\r\n"
                        + "3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";
        Reply.Answer answer = answer(wire);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("abc0123456789");
        assertThat(answer.header("x")).isEqualTo("1");
    }

    @Test
    void hugeBody_isCutOff() throws Exception {
        String body = "x".repeat(300_000);
        assertThat(answer("HTTP/1.1 200 OK\r\n\r\n" + body).body()).hasSize(AnswerReader.LONGEST_BODY);
        assertThat(answer("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + body)
                        .body())
                .hasSize(AnswerReader.LONGEST_BODY);
        assertThat(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n493e0\r\n" + body + "\r\n0\r\n\r\n")
                        .body())
                .hasSize(AnswerReader.LONGEST_BODY);
    }

    @Test
    void shortBody_isWhatCame() throws Exception {
        assertThat(answer("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc").text())
                .isEqualTo("abc");
    }

    @Test
    void head_hasNoBody() throws Exception {
        Trial head = Trial.of(Shape.METHODS, "", "HEAD", "/");
        Reply reply = exchange("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", head, LONG);
        assertThat(((Reply.Answer) reply).body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 2000\r\n\r\n",
                "HTTP/1.1 099 X\r\n\r\n",
                "<html>not HTTP</html>\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: cut of",
                "HTTP/1.1 200 OK\r\nX: 1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
            })
    void malformedAnswer_isSilence(String wire) throws Exception {
        assertThat(cause(exchange(wire, get(), LONG))).isEqualTo(Reply.Cause.GARBLED);
    }

    @Test
    void endlessHead_isSilence() throws Exception {
        String wire = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000) + "\r\n";
        assertThat(cause(exchange(wire, get(), LONG))).isEqualTo(Reply.Cause.GARBLED);
        String interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(50);
        assertThat(cause(exchange(interim, get(), LONG))).isEqualTo(Reply.Cause.GARBLED);
    }

    @Test
    void closingServer_isSilence() throws Exception {
        assertThat(cause(exchange("", get(), LONG))).isEqualTo(Reply.Cause.CLOSED);
    }

    @Test
    void hangingServer_isSilence() throws Exception {
        assertThat(cause(exchange(null, get(), SHORT))).isEqualTo(Reply.Cause.TIMEOUT);
    }

    @Test
    void nobody_isUnreachable() throws Exception {
        WireServer gone = WireServer.start(head -> "");
        URI base = gone.base();
        gone.close();
        Reply reply = client(base, SHORT).send(get());
        assertThat(cause(reply)).isEqualTo(Reply.Cause.UNREACHABLE);
    }

    @Test
    void plainServer_isNoTls() throws Exception {
        try (WireServer server = WireServer.start(head -> WireServer.page(400, "plain"))) {
            URI base = URI.create("https://127.0.0.1:" + server.base().getPort());
            Reply reply = client(base, Duration.ofSeconds(2)).send(get());
            assertThat(cause(reply)).isIn(Reply.Cause.TLS, Reply.Cause.TIMEOUT);
        }
    }

    @Test
    void pace_holdsBack() {
        var pace = new Pace(100);
        long begin = System.nanoTime();
        for (int i = 0; i < 11; i++) pace.await();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(99_000_000);
    }

    private Reply.Answer answer(String wire) throws Exception {
        return (Reply.Answer) exchange(wire, get(), LONG);
    }

    private Reply exchange(@Nullable String wire, Trial trial, Duration timeout, Header... always) throws Exception {
        try (WireServer server = WireServer.start(head -> {
            heads.add(head);
            return wire;
        })) {
            return client(server.base(), timeout, always).send(trial);
        }
    }

    private static RawClient client(URI base, Duration timeout, Header... always) throws Exception {
        return new RawClient(Address.of(base), timeout, new Pace(10_000), List.of(always));
    }

    private static Reply.Cause cause(Reply reply) {
        return ((Reply.Silence) reply).cause();
    }

    private static Trial get() {
        return Trial.of(Shape.PLAIN, "", "GET", "/");
    }
}
