package io.farebox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Header;
import io.farebox.gate.Mode;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.Host;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of requests that the gate answers: their senders read the answer, and nobody can have a gigabyte read for a 402. */
class UnreadBodyTest {
    private static final String LENGTH = "Content-Length: ";
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    private static SharedGateway gateway;
    private final GateFixture fixture = new GateFixture(Mode.ENFORCE);
    private Host host;
    private Socket socket;
    private InputStream in;

    @BeforeAll
    static void start() {
        gateway = SharedGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        Leaks.requireNone();
    }

    @BeforeEach
    void connect() throws IOException {
        host = gateway.with(fixture.gate(), new RawUpstream((connection, head) -> {}));
        socket = new Socket(host.base().getHost(), host.base().getPort());
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        host.close();
        fixture.close();
    }

    @Test
    void smallBody_keepsTheConnection() throws IOException {
        for (int i = 0; i < 2; i++) {
            post(LENGTH + 1_000);
            socket.getOutputStream().write(new byte[1_000]);
            assertThat(answer()).startsWith("HTTP/1.1 402").doesNotContainIgnoringCase("connection: close");
        }
    }

    @Test
    void requestWithoutBody_keepsTheConnection() throws IOException {
        for (int i = 0; i < 2; i++) {
            write("GET /paid/x HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(answer()).startsWith("HTTP/1.1 402").doesNotContainIgnoringCase("connection: close");
        }
    }

    /** As most simple clients do. */
    @Test
    void clientThatWritesFirst_readsTheAnswer() throws IOException {
        int length = LingeringClose.BYTES / 2;
        post(LENGTH + length);
        byte[] part = new byte[16 * 1024];
        for (int left = length; left > 0; left -= part.length)
            socket.getOutputStream().write(part);
        assertThat(answer()).startsWith("HTTP/1.1 402").containsIgnoringCase("connection: close");
        assertThat(in.read()).as("after the answer").isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {LENGTH + "1073741824", CHUNKED})
    void hugeBody_isAnsweredAndNotRead(String framing) throws IOException {
        post(framing);
        if (framing.equals(CHUNKED)) write("40000000\r\n");
        long sent = sendUntilClosed();
        // What the two systems keep in their buffers comes on top.
        assertThat(sent).isLessThan(LingeringClose.BYTES + 64L * 1024 * 1024);
        assertThat(answer()).startsWith("HTTP/1.1 402").containsIgnoringCase("connection: close");
    }

    @Test
    void ambiguousTarget_withHugeBody_isRefusedAndNotRead() throws IOException {
        write("POST /paid//x HTTP/1.1\r\nHost: h\r\n" + LENGTH + "1073741824\r\n\r\n");
        assertThat(sendUntilClosed()).isLessThan(LingeringClose.BYTES + 64L * 1024 * 1024);
        assertThat(answer()).startsWith("HTTP/1.1 400").containsIgnoringCase("connection: close");
    }

    /** Anybody can write such a header; nothing of it has been checked when the body comes. */
    @Test
    void bodyThatNeverComes_isGivenUp() throws IOException {
        Header payment = fixture.forge(2);
        write("POST /paid/x HTTP/1.1\r\nHost: h\r\n" + payment.name() + ": " + payment.value() + "\r\n" + LENGTH
                + "65536\r\n\r\n" + "x".repeat(65_535));
        assertThat(answer()).startsWith("HTTP/1.1 408").containsIgnoringCase("connection: close");
        assertThat(in.read()).as("after the answer").isEqualTo(-1);
    }

    private void post(String framing) throws IOException {
        write("POST /paid/x HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n\r\n");
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private long sendUntilClosed() throws IOException {
        byte[] part = new byte[64 * 1024];
        for (long sent = 0; sent < 1L << 30; sent += part.length) {
            try {
                socket.getOutputStream().write(part);
            } catch (SocketException e) {
                return sent;
            }
        }
        return 1L << 30;
    }

    /** Reads one answer: its head, and a body that tells its length. */
    private String answer() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) break;
            head.append((char) c);
        }
        String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
        in.skipNBytes(Long.parseLong(length));
        return head.toString();
    }
}
