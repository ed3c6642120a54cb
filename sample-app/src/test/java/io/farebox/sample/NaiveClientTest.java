package io.farebox.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.pay.PaidExchange;
import io.farebox.testkit.pay.PayingClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/**
 * A naive client that signs anew after every failure is charged once for one delivered answer, and served within 60 s of the
 * facilitator's recovery, for every way in which settling can fail.
 */
@Execution(ExecutionMode.CONCURRENT)
class NaiveClientTest {
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private record Failure(String name, Consumer<StubFacilitator> begins, Consumer<StubFacilitator> ends) {
        static Failure of(String name, Act act) {
            return new Failure(name, stub -> stub.alwaysSettle(act), stub -> stub.alwaysSettle(Acts.obey()));
        }

        static Failure once(String name, Act act) {
            return new Failure(name, stub -> stub.onSettle(act), stub -> {});
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Failure> failures() {
        return Stream.of(
                new Failure("refused connection", StubFacilitator::stop, StubFacilitator::startAgain),
                Failure.of("reset after the request was read", Acts.lost(Act.Loss.RESET)),
                Failure.of("hang past the deadline", Acts.lost(Act.Loss.HANGS)),
                Failure.of("500 with a body", Acts.serverError()),
                Failure.of("502 with HTML", Acts.badGateway()),
                Failure.of("429", Acts.busy(Duration.ofSeconds(1))),
                Failure.of("200 with garbage", Acts.garbage()),
                Failure.of("success:false", Acts.decline("insufficient_funds")),
                Failure.of("success:false without a known reason", Acts.decline("something_new")),
                Failure.of("success:true with a wrong network", Acts.successElsewhere("eip155:1")),
                Failure.once("settlement_pending, then success", Acts.pending()),
                Failure.of("settled on chain, answer lost", Acts.settledAnswerLost(Act.Loss.RESET)),
                Failure.of("settled on chain, answer hangs", Acts.settledAnswerLost(Act.Loss.HANGS)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void naiveClient_chargedOnceForOneAnswer(Failure failure) {
        try (StubFacilitator stub = StubFacilitator.start();
                var app = start(stub);
                PayingClient client = Bench.client()) {
            URI url = weather(app);
            failure.begins().accept(stub);
            Thread recovery = Thread.ofVirtual().start(() -> {
                Bench.await(Duration.ofSeconds(6));
                failure.ends().accept(stub);
            });

            PaidExchange served = Bench.naively(client, url, RECOVERY.plusSeconds(6));

            assertThat(served.receipt())
                    .hasValueSatisfying(
                            receipt -> assertThat(receipt.bool("success")).isTrue());
            assertThat(stub.ledger().charges()).as("charges for one answer").isOne();
            join(recovery);
        }
    }

    /** TLS cannot be mended in a running test, so a second facilitator is the recovery. */
    @Test
    void tlsFails_notCharged_andTheNextFacilitatorIsPaidOnce() {
        try (StubFacilitator broken = StubFacilitator.start();
                StubFacilitator stub = StubFacilitator.start(broken.ledger());
                PayingClient client = Bench.client()) {
            try (var app = start(List.of(broken.urlOverTls()))) {
                PaidExchange refused = client.get(weather(app));
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.answer().headers().firstValue("PAYMENT-REQUIRED"))
                        .isEmpty();
            }
            assertThat(stub.ledger().charges()).isZero();
            try (var app = start(List.of(broken.urlOverTls(), stub.url()))) {
                Bench.naively(client, weather(app), RECOVERY);
            }
            assertThat(stub.ledger().charges()).isOne();
        }
    }

    private static URI weather(ServletWebServerApplicationContext app) {
        return URI.create("http://127.0.0.1:" + app.getWebServer().getPort() + Bench.WEATHER);
    }

    private ServletWebServerApplicationContext start(StubFacilitator stub) {
        return start(List.of(stub.url()));
    }

    private ServletWebServerApplicationContext start(List<URI> facilitators) {
        List<String> arguments = Bench.arguments(0, Bench.priceList(folder, facilitators));
        return (ServletWebServerApplicationContext)
                SpringApplication.run(SampleApplication.class, arguments.toArray(String[]::new));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
