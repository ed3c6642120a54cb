package io.farebox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Mode;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Connections that clients keep: each request on them is answered, whatever was answered before. What makes this worth a test is
 * that a 402 is written at once, on the event loop, and that its client often sends the next request within the millisecond.
 */
class KeepAliveTest {
    private static final String FREE = "GET /free/x HTTP/1.1\r\nHost: h.example\r\n\r\n";
    private static final String UNPAID = "GET /paid/x HTTP/1.1\r\nHost: h.example\r\n\r\n";

    private final GateFixture fixture = new GateFixture(Mode.ENFORCE);
    private Host host;

    @BeforeEach
    void start() throws IOException {
        var upstream = new RawUpstream((socket, head) -> RawUpstream.write(
                socket, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nfree"));
        host = TestGateway.inFrontOf(upstream, fixture.gate());
    }

    @AfterEach
    void stop() {
        host.close();
        fixture.close();
    }

    @Test
    void requestAfterAnUnpaidOneThatWaited_isAnswered() throws IOException {
        for (int round = 0; round < 20; round++) {
            try (var client = new Client()) {
                // The second waits for the first, which goes upstream, and is then answered at once.
                client.send(FREE + UNPAID);
                assertThat(client.status()).isEqualTo(200);
                assertThat(client.status()).isEqualTo(402);
                client.send(FREE);
                assertThat(client.status()).isEqualTo(200);
            }
        }
    }

    @Test
    void requestRightAfterAnUnpaidOne_isAnswered() throws IOException {
        try (var client = new Client()) {
            for (int round = 0; round < 200; round++) {
                client.send(UNPAID);
                assertThat(client.status()).isEqualTo(402);
                client.send(FREE);
                assertThat(client.status()).isEqualTo(200);
            }
        }
    }

    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client() throws IOException {
            socket = new Socket(host.base().getHost(), host.base().getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Reads one answer, whose head tells its length. */
        int status() throws IOException {
            int status = Integer.parseInt(in.readLine().split(" ")[1]);
            long length = 0;
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length =
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
                }
            }
            assertThat(in.skip(length)).isEqualTo(length);
            return status;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
