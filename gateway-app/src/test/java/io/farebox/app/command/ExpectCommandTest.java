package io.farebox.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectCommandTest {
    @TempDir
    private Path folder;

    private HttpServer server;
    private CommandLine line;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(
                        Integer.parseInt(exchange.getRequestURI().getPath().substring(1)), -1);
            }
        });
        server.start();
        line = new CommandLine(folder);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(int status) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + status;
    }

    @Test
    void everyAnswerAsExpected_isZero() {
        assertThat(line.type("expect", "402=" + url(402), "2xx=" + url(204))).isZero();
        assertThat(line.out()).contains("/402 answered 402", "/204 answered 204");
    }

    @Test
    void oneOtherAnswer_isOneAndTold() {
        assertThat(line.type("expect", "402=" + url(200), "200=" + url(200))).isEqualTo(1);
        assertThat(line.err()).contains("/200 answered 200, not 402");
    }

    @Test
    void nobodyThere_isOneAndTold() {
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(line.type("expect", "200=http://127.0.0.1:" + port + "/")).isEqualTo(1);
        assertThat(line.err()).contains("answered nothing");
    }

    @Test
    void wordThatIsNoExpectation_isTold() {
        assertThat(line.type("expect")).isEqualTo(2);
        assertThat(line.type("expect", "http://127.0.0.1/")).isEqualTo(2);
        assertThat(line.type("expect", "999=" + url(200))).isEqualTo(2);
        assertThat(line.err()).contains("STATUS=URL");
    }
}
