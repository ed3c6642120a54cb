package io.farebox.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.Mode;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resource that writes its whole body in one call blocks there for as long as the client reads. */
class LargeWriteTest {
    private static final int LENGTH = 25_000_000;
    /** Leaves more unread than the sockets of both sides hold, so that the write cannot return. */
    private static final int READ = LENGTH / 2;

    private static final byte[] BODY = new byte[LENGTH];

    static {
        Arrays.fill(BODY, (byte) 'x');
    }

    private final GateFixture fixture = new GateFixture(Mode.ENFORCE);
    private Host host;

    @AfterEach
    void stop() {
        if (host != null) host.close();
        fixture.close();
    }

    private void start(Servers server, LambdaServlet.Body resource) throws Exception {
        host = server.start(
                "", List.of(new PaymentFilter(fixture.gate())), Map.of("/paid/*", new LambdaServlet(resource)));
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void clientLeavesInTheOnlyWrite_isServed(Servers server) throws Exception {
        start(server, (request, response) -> {
            response.setContentLength(LENGTH);
            response.getOutputStream().write(BODY);
        });
        read(READ);
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void clientLeavesInTheOnlyWriteOfAnAsynchronousAnswer_isServed(Servers server) throws Exception {
        start(server, (request, response) -> {
            var context = request.startAsync();
            OutputStream out = response.getOutputStream();
            context.start(() -> {
                try {
                    out.write(BODY);
                } catch (IOException e) {
                    // the client is gone
                } finally {
                    context.complete();
                }
            });
        });
        read(READ);
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }

    private void read(int bytes) throws Exception {
        try (RawHttp http = new RawHttp(host.base())) {
            http.send("GET", "/paid/x", new byte[0], List.of(fixture.pay(2)));
            assertThat(http.readSome(bytes)).startsWith("HTTP/1.1 200").endsWith("x");
            http.reset();
        }
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void clientLeftBeforeTheOnlyWrite_isOwed(Servers server) throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        start(server, (request, response) -> {
            working.countDown();
            await(gone);
            response.getOutputStream().write(BODY);
        });
        try (RawHttp http = new RawHttp(host.base())) {
            http.send("GET", "/paid/x", new byte[0], List.of(fixture.pay(2)));
            await(working);
            http.reset();
        }
        gone.countDown();
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.OWED);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
