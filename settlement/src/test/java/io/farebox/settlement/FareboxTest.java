package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Decision;
import io.farebox.gate.GateListener;
import io.farebox.gate.Offer;
import io.farebox.gate.Pause;
import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.v2.V2Codec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is sold follows what the facilitators say, when they say it. */
@Timeout(60)
class FareboxTest {
    private static final String SOLANA = "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1";
    private static final String BASE = "eip155:84532";
    private static final String STUB_PAYER = "2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4";
    private static final String OTHER_PAYER = "9hSR6S7WPtxmTojgo6GG3k4yDPecgJY292j7xrsUGWBu";

    private static final String SOLANA_ONLY = """
            {"kinds":[{"x402Version":2,"scheme":"exact","network":"%s","extra":{"feePayer":"%s"}}]}
            """.formatted(SOLANA, STUB_PAYER).strip();

    @TempDir
    private Path folder;

    private final StubFacilitator facilitator = StubFacilitator.start();
    private final StubFacilitator other = StubFacilitator.start();
    private final Rounds rounds = new Rounds();

    /** Lets the next round of questions begin when told, and tells when a round is over. */
    private static final class Rounds implements Pause {
        private final Semaphore begin = new Semaphore(0);
        private final Semaphore over = new Semaphore(0);

        @Override
        public boolean pause(Duration duration) {
            over.release();
            try {
                begin.acquire();
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        void one() {
            begin.release();
            await();
        }

        void await() {
            try {
                assertThat(over.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @AfterEach
    void stop() {
        facilitator.close();
        other.close();
    }

    /** The answer takes about a second and a half, so a start that does not wait has no fee payer. */
    @Test
    void open_facilitatorAnswersSlowly_sellsSolanaAtOnce() {
        facilitator.supports(SOLANA_ONLY).onSupported(Acts.drip(Duration.ofMillis(10)));
        try (Farebox farebox = open(one())) {
            assertThat(networks(farebox)).containsExactly(SOLANA, BASE);
            assertThat(feePayer(farebox, 0)).isEqualTo(STUB_PAYER);
        }
    }

    @Test
    void open_facilitatorDown_sellsSolanaWhenItIsBack() {
        facilitator.stop();
        try (Farebox farebox = open(one())) {
            assertThat(networks(farebox)).containsExactly(BASE);
            rounds.await();
            facilitator.startAgain();
            rounds.one();
            assertThat(networks(farebox)).containsExactly(SOLANA, BASE);
        }
    }

    @Test
    void answer_sameAsBefore_keepsTheBook() {
        try (Farebox farebox = open(one())) {
            PriceBook before = farebox.prices();
            rounds.await();
            rounds.one();
            assertThat(farebox.prices()).isSameAs(before);
        }
    }

    @Test
    void answer_otherFeePayer_isOffered() {
        try (Farebox farebox = open(one())) {
            rounds.await();
            facilitator.supports(StubFacilitator.SUPPORTED.replace(STUB_PAYER, OTHER_PAYER));
            rounds.one();
            assertThat(feePayer(farebox, 0)).isEqualTo(OTHER_PAYER);
        }
    }

    /** Only the old fee payer's key can complete what was signed for it. */
    @Test
    void answer_otherFeePayer_leavesTheTermsOfBeforePayable() {
        try (Farebox farebox = open(one())) {
            PaymentRequirements before =
                    farebox.prices().offers().getFirst().accepts().getFirst();
            rounds.await();
            facilitator.supports(StubFacilitator.SUPPORTED.replace(STUB_PAYER, OTHER_PAYER));
            rounds.one();
            PaymentRequirements after =
                    farebox.prices().offers().getFirst().accepts().getFirst();

            assertThat(before).isNotEqualTo(after);
            for (PaymentRequirements terms : List.of(before, after)) {
                Decision.Attempt attempt = (Decision.Attempt) farebox.gate().decide(solana(terms));
                assertThat(attempt.unmet()).isNull();
                assertThat(attempt.candidates())
                        .singleElement()
                        .satisfies(candidate -> assertThat(candidate.terms()).isEqualTo(terms));
            }
        }
    }

    private static Ask solana(PaymentRequirements terms) {
        PaymentPayload payment = new PaymentPayload(
                2, "exact", terms.network(), terms, new SchemePayload.Solana("AAAA"), null, Map.of());
        var request = new FacilitatorRequest(payment, terms, new ResourceInfo("http://127.0.0.1/weather", "", ""));
        return Ask.get("/weather")
                .with("PAYMENT-SIGNATURE", Base64Json.encode(Json.write(new V2Codec().write(request, 2))));
    }

    @Test
    void open_routeWithAFacilitatorOfItsOwn_namesItsFeePayer() {
        other.supports(StubFacilitator.SUPPORTED.replace(STUB_PAYER, OTHER_PAYER));
        try (Farebox farebox = open(two())) {
            assertThat(feePayer(farebox, 0)).isEqualTo(STUB_PAYER);
            assertThat(feePayer(farebox, 1)).isEqualTo(OTHER_PAYER);
        }
    }

    private Farebox open(String yaml) {
        FareboxConfig config = ConfigReader.ofProcess().readYaml("farebox.yaml", yaml);
        return Farebox.open(config, Setup.usual(GateListener.none()).supported(rounds));
    }

    private static List<String> networks(Farebox farebox) {
        return farebox.prices().offers().getFirst().accepts().stream()
                .map(terms -> terms.network().caip2())
                .toList();
    }

    private static Object feePayer(Farebox farebox, int route) {
        Offer offer = farebox.prices().offers().get(route);
        return Objects.requireNonNull(offer.accepts().getFirst().extra().get("feePayer"));
    }

    private String one() {
        return """
                public-url: http://127.0.0.1
                pay-to:
                  solana: "GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse"
                  eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C"
                accept: [solana-devnet/USDC, base-sepolia/USDC]
                book: { url: "jdbc:h2:file:%s/farebox-test" }
                facilitators:
                  - { id: stub, url: "%s" }
                routes:
                  - { id: weather, match: "GET /weather", price: "$0.01" }
                """.formatted(folder, facilitator.url());
    }

    private String two() {
        return one().replace("routes:", "  - { id: other, url: \"" + other.url() + "\" }\nroutes:")
                + "  - { id: more, match: \"GET /more\", price: \"$0.01\", facilitators: [other] }\n";
    }
}
