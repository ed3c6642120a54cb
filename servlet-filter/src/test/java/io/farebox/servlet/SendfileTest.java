package io.farebox.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.Mode;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tomcat sends the file that request attributes name after the answer's head, whoever made that head. */
class SendfileTest {
    private static final String PREFIX = "org.apache.tomcat.sendfile.";

    private final GateFixture fixture = new GateFixture(Mode.ENFORCE);

    @TempDir
    private Path folder;

    private Path file;
    private Host host;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.write(folder.resolve("premium.txt"), Style.SECRET);
    }

    @AfterEach
    void stop() {
        if (host != null) host.close();
        fixture.close();
    }

    private RawAnswer pay(Servers server, LambdaServlet.Body resource) throws Exception {
        host = server.start(
                "",
                List.of(new PaymentFilter(fixture.gate())),
                Map.of("/paid/*", new LambdaServlet(resource), "/inner/*", new LambdaServlet((request, response) -> {
                    nameFile(request);
                    response.flushBuffer();
                })));
        return RawHttp.get(host.base(), "/paid/x", fixture.pay(2));
    }

    private void nameFile(HttpServletRequest request) {
        request.setAttribute(PREFIX + "filename", file.toString());
        request.setAttribute(PREFIX + "start", 0L);
        request.setAttribute(PREFIX + "end", (long) Style.SECRET.length);
    }

    @Test
    void settleSaysNo_fileStays() throws Exception {
        fixture.facilitator().alwaysSettle(Acts.decline("insufficient_funds"));
        requireNoFile(pay(Servers.TOMCAT, (request, response) -> nameFile(request)));
    }

    @Test
    void settleSaysNoInAForward_fileStays() throws Exception {
        fixture.facilitator().alwaysSettle(Acts.decline("insufficient_funds"));
        requireNoFile(pay(
                Servers.TOMCAT,
                (request, response) -> request.getRequestDispatcher("/inner/x").forward(request, response)));
    }

    @Test
    void settleSaysNoInAnAsyncDispatch_fileStays() throws Exception {
        fixture.facilitator().alwaysSettle(Acts.decline("insufficient_funds"));
        requireNoFile(
                pay(Servers.TOMCAT, (request, response) -> request.startAsync().dispatch("/inner/x")));
    }

    private void requireNoFile(RawAnswer answer) {
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.wire()).doesNotContain(Style.TEXT);
        assertThat(answer.body()).startsWith("{").endsWith("}");
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.FAILED);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void resourceAsks_isToldThatThereIsNone_andWrites(Servers server) throws Exception {
        RawAnswer answer = pay(server, (request, response) -> {
            assertThat(request.getAttribute(PREFIX + "support")).isEqualTo(false);
            response.getOutputStream().write(Files.readAllBytes(file));
        });
        assertThat(answer.body()).isEqualTo(Style.TEXT);
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }
}
