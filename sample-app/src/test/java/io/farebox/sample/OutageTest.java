package io.farebox.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.pay.PayingClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** An outage of settlement in the middle of steady payments: outside it, at least 95 % are delivered, and none twice. */
class OutageTest {
    private static final int CLIENTS = 6;
    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final Duration OUTAGE = Duration.ofSeconds(3);
    private static final Duration AFTER = Duration.ofSeconds(6);

    @TempDir
    private Path folder;

    private volatile boolean out;
    private volatile boolean done;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();

    @Test
    void outage_outsideIt95PercentAreDelivered() throws InterruptedException {
        try (StubFacilitator stub = StubFacilitator.start();
                var app = start(stub)) {
            URI url = URI.create("http://127.0.0.1:" + app.getWebServer().getPort() + Bench.WEATHER);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) clients.add(Thread.ofVirtual().start(() -> payOn(url)));
            Bench.await(BEFORE);
            out = true;
            stub.alwaysSettle(Acts.serverError());
            Bench.await(OUTAGE);
            stub.alwaysSettle(Acts.obey());
            out = false;
            Bench.await(AFTER);
            done = true;
            for (Thread client : clients) client.join();
        }
        System.out.printf("outage: %d of %d payments outside it delivered%n", delivered.get(), sent.get());
        assertThat(sent).hasValueGreaterThan(CLIENTS);
        assertThat(delivered.get() * 100L).isGreaterThanOrEqualTo(sent.get() * 95L);
    }

    /** Each payment by a payer of its own. One that the outage touches does not count. */
    private void payOn(URI url) {
        while (!done) {
            boolean outAtFirst = out;
            Instant began = Instant.now();
            boolean served = served(url);
            boolean touched =
                    outAtFirst || out || Duration.between(began, Instant.now()).compareTo(OUTAGE) > 0;
            if (touched) continue;
            sent.incrementAndGet();
            if (served) delivered.incrementAndGet();
        }
    }

    private static boolean served(URI url) {
        try (PayingClient client = Bench.client()) {
            return client.get(url).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private ServletWebServerApplicationContext start(StubFacilitator stub) {
        List<String> arguments = Bench.arguments(0, Bench.priceList(folder, stub));
        return (ServletWebServerApplicationContext)
                SpringApplication.run(SampleApplication.class, arguments.toArray(String[]::new));
    }
}
