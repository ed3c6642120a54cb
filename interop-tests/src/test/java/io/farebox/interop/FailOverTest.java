package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.GateEvent;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.facilitator.ChargeLedger;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.pay.PaidExchange;
import io.farebox.testkit.pay.PayingClient;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two facilitators over HTTP, in order: when the second is asked, and when it must not be. */
class FailOverTest {
    private static final BigInteger PRICE = BigInteger.valueOf(10_000);

    @TempDir
    private Path folder;

    private final ChargeLedger chain = new ChargeLedger();
    private final StubFacilitator first = StubFacilitator.start(chain);
    private final StubFacilitator second = StubFacilitator.start(chain);

    private enum Generation {
        V1(TestPayer::v1),
        V2(TestPayer::v2);

        private final Function<TestPayer, PayingClient> client;

        Generation(Function<TestPayer, PayingClient> client) {
            this.client = client;
        }
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @EnumSource
    void payment_firstRefusesConnections_secondIsPaid(Generation generation) {
        first.stop();
        isPaidThroughSecond(generation);
    }

    @ParameterizedTest
    @EnumSource
    void payment_firstHangsInVerify_secondIsPaidAfterTheDeadline(Generation generation) {
        first.alwaysVerify(Acts.lost(Act.Loss.HANGS));
        isPaidThroughSecond(generation);
        assertThat(first.verifyCalls()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void payment_firstIsBrokenInVerify_secondIsPaid(Generation generation) {
        first.alwaysVerify(Acts.badGateway());
        isPaidThroughSecond(generation);
    }

    @ParameterizedTest
    @EnumSource
    void payment_firstSaysNo_secondIsNotAskedForABetterAnswer(Generation generation) {
        first.alwaysVerify(Acts.decline("insufficient_funds"));
        try (PricedServer server = new PricedServer(yaml(), folder)) {
            assertThat(pay(generation, server).status()).isEqualTo(402);
            assertThat(server.runs).hasValue(0);
        }
        assertThat(second.verifyCalls()).isZero();
    }

    /** Nobody can tell whether the first one charged: the second would, or would call an honest payment used. */
    @ParameterizedTest
    @CsvSource({"HANGS,false", "CLOSED,false", "RESET,false", "CLOSED,true", "RESET,true"})
    void settle_answerOfTheFirstIsLost_neverMovesToTheSecond(Act.Loss loss, boolean charges) {
        first.alwaysSettle(new Act.Lose(loss, charges));
        try (PricedServer server = new PricedServer(yaml(), folder)) {
            PaidExchange exchange = pay(Generation.V2, server);
            assertThat(exchange.status()).isEqualTo(503);
            assertThat(exchange.answer().headers().firstValue("Retry-After")).isPresent();
            assertThat(exchange.answer().headers().firstValue("PAYMENT-REQUIRED"))
                    .isEmpty();
            assertThat(server.events()).hasAtLeastOneElementOfType(GateEvent.SettleUnknown.class);
        }
        assertThat(first.settleCalls()).isPositive();
        assertThat(second.settleCalls()).isZero();
        assertThat(chain.charges()).isEqualTo(charges ? 1 : 0);
    }

    /** 429 is said before anything is done: the one answer over which a settle may move. */
    @ParameterizedTest
    @EnumSource
    void settle_firstIsBusy_secondIsPaid(Generation generation) {
        first.alwaysSettle(Acts.busy(Duration.ofSeconds(1)));
        isPaidThroughSecond(generation);
    }

    private void isPaidThroughSecond(Generation generation) {
        try (PricedServer server = new PricedServer(yaml(), folder)) {
            PaidExchange exchange = pay(generation, server);
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.receipt())
                    .hasValueSatisfying(
                            receipt -> assertThat(receipt.bool("success")).isTrue());
            assertThat(server.runs).hasValue(1);
        }
        assertThat(second.settleCalls()).isOne();
        assertThat(chain.charges()).isOne();
        assertThat(chain.total()).isEqualTo(PRICE);
    }

    private static PaidExchange pay(Generation generation, PricedServer server) {
        try (PayingClient client = generation.client.apply(TestPayer.random())) {
            return client.get(server.uri("/weather"));
        }
    }

    private String yaml() {
        return """
                public-url: http://127.0.0.1
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [base-sepolia/USDC]
                facilitators:
                  - { id: first, url: "%s", connect-timeout: 1s, verify-timeout: 1s, settle-timeout: 1s }
                  - { id: second, url: "%s" }
                settle-wait: 1s
                book: { url: "jdbc:h2:file:%s/book" }
                routes: [{ id: weather, match: "GET /weather", price: "$0.01" }]
                """.formatted(first.url(), second.url(), folder);
    }
}
