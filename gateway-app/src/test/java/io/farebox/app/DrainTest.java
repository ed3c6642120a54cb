package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.pay.PaidExchange;
import io.farebox.testkit.pay.PayingClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of payments when the gateway stops. */
class DrainTest {
    /** Than a server waits that is not told to wait. */
    private static final Duration LONGER = Duration.ofSeconds(4);

    @TempDir
    private Path folder;

    @Test
    void paidRequestInFlight_isDeliveredAndWrittenBeforeTheGatewayStops() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start();
                StubFacilitator facilitator = StubFacilitator.start();
                PayingClient payer = App.payer()) {
            upstream.behave(head -> {
                arrived.countDown();
                release.await();
                LockSupport.parkNanos(LONGER.toNanos());
                return RawUpstream.ok("PREMIUM");
            });
            App app = App.start(App.prices(folder, facilitator.url(), upstream.url()));
            URI base = app.base();
            var paid = CompletableFuture.supplyAsync(() -> payer.get(base.resolve("/paid/slow")));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            var closed = CompletableFuture.runAsync(app::close);
            awaitRefused(base);
            assertThat(facilitator.settleCalls()).isZero();
            release.countDown();

            PaidExchange exchange = paid.get(20, TimeUnit.SECONDS);
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.answer().body()).asString().isEqualTo("PREMIUM");
            closed.get(40, TimeUnit.SECONDS);
            PaymentRecord row =
                    Rows.afterwards(folder, exchange.payment().orElseThrow()).orElseThrow();
            assertThat(row.state()).isEqualTo(PaymentState.SETTLED);
            assertThat(row.delivery()).isEqualTo(DeliveryState.COMPLETE);
        }
    }

    @Test
    void requestThatTakesTooLong_isCutOffUncharged() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start();
                StubFacilitator facilitator = StubFacilitator.start();
                PayingClient payer = App.payer()) {
            upstream.behave(head -> {
                arrived.countDown();
                never.await();
                return RawUpstream.ok("PREMIUM");
            });
            App app = App.start(
                    App.prices(folder, facilitator.url(), upstream.url()),
                    "--spring.lifecycle.timeout-per-shutdown-phase=1s");
            URI base = app.base();
            var paid = CompletableFuture.supplyAsync(() -> payer.get(base.resolve("/paid/slow")));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            Instant began = Instant.now();
            app.close();
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(15));
            assertThat(paid.handle((answer, gone) -> gone != null).get(20, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(facilitator.ledger().charges()).isZero();
            never.countDown();
        }
    }

    /** A connection that was open before stays open; what is paid for on it now might not end in time. */
    @Test
    void paymentOnAnOpenConnection_isNotTakenAnyMore() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start();
                StubFacilitator facilitator = StubFacilitator.start();
                PayingClient payer = App.payer()) {
            upstream.behave(head -> {
                if (head.line().contains("/slow")) {
                    arrived.countDown();
                    release.await();
                }
                return RawUpstream.ok("PREMIUM");
            });
            App app = App.start(App.prices(folder, facilitator.url(), upstream.url()));
            URI base = app.base();
            var paid = CompletableFuture.supplyAsync(() -> payer.get(base.resolve("/paid/slow")));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            HttpRequest request =
                    HttpRequest.newBuilder(base.resolve("/paid/quick")).build();
            String payment = payer.payment(payer.exchange(request));
            int verified = facilitator.verifyCalls();
            var closed = CompletableFuture.runAsync(app::close);
            awaitRefused(base);

            // The client's connection of the challenge is the only way in.
            int status = statusOf(() -> payer.sendWith(request, payment).status());

            assertThat(status).isIn(0, 503);
            assertThat(facilitator.verifyCalls()).isEqualTo(verified);
            release.countDown();
            assertThat(paid.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            closed.get(40, TimeUnit.SECONDS);
        }
    }

    /** Zero if there was no answer: the server had closed the connection. */
    private static int statusOf(IntSupplier call) {
        try {
            return call.getAsInt();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** Until nobody is let in any more. */
    private static void awaitRefused(URI base) {
        Instant end = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(end)) {
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                LockSupport.parkNanos(10_000_000);
            } catch (ConnectException e) {
                return;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("the gateway goes on to accept connections");
    }
}
