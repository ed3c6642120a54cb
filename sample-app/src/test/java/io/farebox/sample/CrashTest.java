package io.farebox.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.ledger.JdbcBook;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Authorization;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.FreePort;
import io.farebox.testkit.pay.PayingClient;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the sample with 25 payments in flight: after a restart every payment is delivered, uncharged or owed, and
 * nothing is stuck. {@code -Dcrash.rounds=20} for the long run.
 */
class CrashTest {
    private static final int IN_FLIGHT = 25;
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 2);
    private static final Duration RECONCILED = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** What a client knows of a payment it sent. */
    private enum Seen {
        SERVED,
        NOT_SERVED
    }

    @Test
    void killed_everyPaymentIsDeliveredUnchargedOrOwed() throws Exception {
        try (StubFacilitator stub = StubFacilitator.start()) {
            // Settling takes a while, so that kills fall before, into and after it.
            stub.alwaysSettle(new Act.Drip(Duration.ofMillis(4)));
            Path priceList = Bench.priceList(folder, stub);
            Map<Authorization, Seen> payments = new ConcurrentHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                killInFlight(priceList, payments, Duration.ofMillis(150 + 250L * (round % 8)));
            }
            assertThat(payments.size()).isGreaterThanOrEqualTo(IN_FLIGHT);
            settleDown(priceList);
            check(payments, stub);
        }
    }

    private void killInFlight(Path priceList, Map<Authorization, Seen> payments, Duration after) throws Exception {
        int port = FreePort.find();
        int before = payments.size();
        Process app = start(port, priceList);
        try {
            URI url = URI.create("http://127.0.0.1:" + port + Bench.WEATHER);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                clients.add(Thread.ofVirtual().start(() -> pay(url, payments)));
            }
            awaitPayments(payments, before + IN_FLIGHT);
            Bench.await(after);
            app.destroyForcibly().waitFor();
            for (Thread client : clients) client.join();
        } finally {
            app.destroyForcibly().waitFor();
        }
    }

    /** A server that has just begun takes its time, and what is killed before a payment was sent shows nothing. */
    private static void awaitPayments(Map<Authorization, Seen> payments, int count) {
        Instant end = Instant.now().plusSeconds(60);
        while (payments.size() < count && Instant.now().isBefore(end)) Bench.await(Duration.ofMillis(5));
    }

    /** Pays again and again until the server dies. */
    private static void pay(URI url, Map<Authorization, Seen> payments) {
        try (PayingClient client = Bench.client()) {
            HttpRequest request =
                    HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20)).build();
            while (true) {
                String payment = client.payment(client.exchange(request));
                Authorization authorization = authorization(payment);
                payments.put(authorization, Seen.NOT_SERVED);
                if (client.sendWith(request, payment).status() == 200) payments.put(authorization, Seen.SERVED);
            }
        } catch (UncheckedIOException e) {
            // The server is dead.
        }
    }

    private static Authorization authorization(String payment) {
        JsonObject signed = Base64Json.decode(payment).object("payload").object("authorization");
        return new Authorization(signed.string("from"), signed.string("nonce"));
    }

    /** Runs the sample until its reconciler has nothing left to find out. */
    private void settleDown(Path priceList) throws Exception {
        Process app = start(FreePort.find(), priceList);
        Bench.await(Duration.ofSeconds(10));
        app.destroy();
        assertThat(app.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private void check(Map<Authorization, Seen> payments, StubFacilitator stub) {
        long served =
                payments.values().stream().filter(seen -> seen == Seen.SERVED).count();
        System.out.printf(
                "crash: %d kills, %d payments, %d charged, %d served%n",
                ROUNDS, payments.size(), stub.ledger().charges(), served);
        Instant began = Instant.now();
        try (JdbcBook book = JdbcBook.open("jdbc:h2:file:" + Bench.book(folder))) {
            payments.forEach((authorization, seen) -> {
                boolean charged = stub.ledger().isCharged(authorization);
                PaymentRecord row = book.find(key(authorization)).orElse(null);
                if (row == null) {
                    assertThat(charged)
                            .as("charged without a row: " + authorization)
                            .isFalse();
                    assertThat(seen).isEqualTo(Seen.NOT_SERVED);
                    return;
                }
                assertThat(row.state())
                        .as("terminal: " + row)
                        .isIn(PaymentState.SETTLED, PaymentState.RELEASED, PaymentState.FAILED);
                assertThat(row.state() == PaymentState.SETTLED)
                        .as("book equals chain: " + row)
                        .isEqualTo(charged);
                if (charged) {
                    assertThat(row.delivery())
                            .as("charged, so served or owed: %s", row)
                            .isEqualTo(seen == Seen.SERVED ? row.delivery() : DeliveryState.OWED)
                            .isIn(DeliveryState.COMPLETE, DeliveryState.OWED);
                } else {
                    assertThat(seen).as("served unpaid: " + row).isEqualTo(Seen.NOT_SERVED);
                }
            });
        }
        assertThat(Duration.between(began, Instant.now())).isLessThan(RECONCILED);
    }

    private static String key(Authorization authorization) {
        return "evm3009:eip155:84532:0x036cbd53842c5426634e7929541ec2318f3dcf7e:" + authorization.from() + ":"
                + authorization.nonce();
    }

    private Process start(int port, Path priceList) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                SampleApplication.class.getName()));
        command.addAll(Bench.arguments(port, priceList));
        Process app = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("app.txt").toFile()))
                .start();
        awaitUp(port, app);
        return app;
    }

    private void awaitUp(int port, Process app) throws IOException {
        URI health = URI.create("http://127.0.0.1:" + port + "/api/health");
        Instant end = Instant.now().plusSeconds(90);
        try (PayingClient client = Bench.client()) {
            while (Instant.now().isBefore(end) && app.isAlive()) {
                try {
                    if (client.get(health).status() == 200) return;
                } catch (UncheckedIOException e) {
                    // Not up yet.
                }
                Bench.await(Duration.ofMillis(200));
            }
        }
        throw new AssertionError(
                "the sample did not start:\n" + java.nio.file.Files.readString(folder.resolve("app.txt")));
    }
}
