package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Grant;
import io.farebox.gate.PaymentState;
import io.farebox.gate.PriceVersion;
import io.farebox.pricing.FareboxConfig;
import io.farebox.settlement.dev.DevFacilitator;
import io.farebox.settlement.dev.DevLimits;
import io.farebox.testkit.book.InMemoryBook;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was offered stays payable for as long as it was offered for, and not a second longer. */
class OverlapTest {
    private static final Ask WEATHER = Ask.get("/weather");
    private static final String SEARCH =
            "id: search, match: GET /search, price: { default: $0.01, rules: [{ query: { depth: full }, price: $0.05 }] }";

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final InMemoryBook book = new InMemoryBook();
    private final DevFacilitator dev = new DevFacilitator("dev", DevLimits.defaults(), () -> now);
    private Till till;

    @BeforeEach
    void open() {
        till = till(Till.weather("$0.01"));
    }

    private int starts;

    private Till till(FareboxConfig config) {
        return new Till("start-" + ++starts, config, book, Replicas.none(), dev, () -> now);
    }

    private void begin(FareboxConfig config) {
        till.close();
        book.forget(Instant.MAX);
        till = till(config);
    }

    private Buyer.Asked ask(Buyer buyer, Ask request) {
        return buyer.read(till.answer(request));
    }

    private int pay(Buyer buyer, Ask request, Buyer.Asked asked) {
        return till.buy(buyer.pay(request, asked, now));
    }

    private void later(long seconds) {
        now = now.plusSeconds(seconds);
        till.repricing.round();
    }

    @AfterEach
    void close() {
        till.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void dearerNow_isSoldAtThePriceThatWasAsked(int version) {
        Buyer buyer = Buyer.of(version);
        Buyer.Asked asked = ask(buyer, WEATHER);
        till.repricing.take(Till.weather("$0.02"));

        assertThat(ask(buyer, WEATHER).amount()).isEqualTo(20_000);
        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(200);
        assertThat(till.lastPayment().state()).isEqualTo(PaymentState.SETTLED);
        assertThat(till.lastPayment().amount()).isEqualTo(10_000);
        assertThat(pay(buyer, WEATHER, ask(buyer, WEATHER))).isEqualTo(200);
        assertThat(till.lastPayment().amount()).isEqualTo(20_000);
        assertThat(till.lastPayment().priceVersion())
                .isEqualTo(till.repricing.live().now().version());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void cheaperNow_isSoldAtThePriceThatWasSigned(int version) {
        Buyer buyer = Buyer.of(version);
        Buyer.Asked asked = ask(buyer, WEATHER);
        till.repricing.take(Till.weather("$0.001"));

        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(200);
        assertThat(till.lastPayment().amount()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void overlap_endsAfterWhatWasAnnounced(int version) {
        Buyer buyer = Buyer.of(version);
        Buyer.Asked asked = ask(buyer, WEATHER);
        assertThat(asked.terms().maxTimeoutSeconds()).isEqualTo(116);
        later(1_000);
        till.repricing.take(Till.weather("$0.02"));

        later(115);
        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(200);
        later(1);
        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(402);
        assertThat(till.repricing.live().others()).isEmpty();
        assertThat(book.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void otherRuleOfTheRoute_isNeverSoldForIt(int version) {
        begin(Till.config(SEARCH));
        Buyer buyer = Buyer.of(version);
        Ask cheap = Ask.get("/search");
        Ask full = Ask.get("/search?depth=full");
        Buyer.Asked asked = ask(buyer, cheap);
        assertThat(pay(buyer, full, asked)).isEqualTo(402);
        till.repricing.take(Till.config(SEARCH.replace("$0.05", "$0.06").replace("$0.01", "$0.02")));

        assertThat(pay(buyer, full, asked)).isEqualTo(402);
        assertThat(book.all()).isEmpty();
        assertThat(pay(buyer, cheap, asked)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void otherRoute_isNeverSoldForIt(int version) {
        String cheap = "id: a, match: GET /a, price: ";
        String dear = "id: b, match: GET /b, price: ";
        begin(Till.config(cheap + "$0.01", dear + "$0.05"));
        Buyer buyer = Buyer.of(version);
        Buyer.Asked asked = ask(buyer, Ask.get("/a"));
        till.repricing.take(Till.config(cheap + "$0.02", dear + "$0.06"));

        assertThat(pay(buyer, Ask.get("/b"), asked)).isEqualTo(402);
        assertThat(book.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ruleThatIsNew_isSoldAtWhatTheRequestWasAskedForBefore(int version) {
        String route = "id: search, match: GET /search, price: ";
        begin(Till.config(route + "$0.01"));
        Buyer buyer = Buyer.of(version);
        Ask full = Ask.get("/search?depth=full");
        Buyer.Asked asked = ask(buyer, full);
        till.repricing.take(Till.config(SEARCH.replace("$0.01", "$0.02")));

        assertThat(ask(buyer, full).amount()).isEqualTo(50_000);
        assertThat(pay(buyer, full, asked)).isEqualTo(200);
        assertThat(till.lastPayment().amount()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void renamedOrSplitRoute_isSoldUnderItsNewName(int version) {
        begin(Till.config("id: all, match: \"GET /{city}\", price: $0.01"));
        Buyer buyer = Buyer.of(version);
        Buyer.Asked asked = ask(buyer, WEATHER);
        till.repricing.take(Till.config(
                "id: some, match: \"GET /{city}\", price: $0.03", "id: weather, match: GET /weather, price: $0.02"));

        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(200);
        assertThat(till.lastPayment().amount()).isEqualTo(10_000);
        assertThat(till.lastPayment().routeId()).isEqualTo("weather");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void removedRoute_passesOrIsSoldForTheLastTime(int version) {
        Buyer buyer = Buyer.of(version);
        String other = "id: other, match: GET /other, price: $0.01";
        Buyer.Asked asked = ask(buyer, WEATHER);
        till.repricing.take(Till.config(other));
        assertThat(till.isFree(buyer.pay(WEATHER, asked, now))).isTrue();

        till.repricing.take(Till.withRoot("unmatched: refuse", other));
        assertThat(till.answer(WEATHER).status()).isEqualTo(404);
        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(200);
        assertThat(till.lastPayment().routeId()).isEqualTo("weather");
        later(116);
        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(404);
        assertThat(book.all()).hasSize(1);
    }

    @Test
    void freeNow_chargesNobody() {
        Buyer buyer = Buyer.of(2);
        Buyer.Asked asked = ask(buyer, WEATHER);
        till.repricing.take(Till.config("id: weather, match: GET /weather, free: true"));

        assertThat(till.isFree(buyer.pay(WEATHER, asked, now))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void otherTimeOfTheResource_isTheShorterOneForWhoWasAskedBefore(int version) {
        Buyer buyer = Buyer.of(version);
        Buyer.Asked brief = ask(buyer, WEATHER);
        till.repricing.take(Till.config("id: weather, match: GET /weather, price: $0.01, timeout: 300s"));
        Buyer.Asked slow = ask(buyer, WEATHER);
        assertThat(slow.terms().maxTimeoutSeconds()).isEqualTo(386);

        Grant grant = till.grant(buyer.pay(WEATHER, brief, now));
        assertThat(grant.timeout()).isEqualTo(Duration.ofSeconds(30));
        till.gate.release(grant, "test");
        till.repricing.take(Till.weather("$0.01"));
        grant = till.grant(buyer.pay(WEATHER, slow, now));
        assertThat(grant.timeout()).isEqualTo(Duration.ofSeconds(30));
        till.gate.release(grant, "test");
        later(200);
        assertThat(pay(buyer, WEATHER, slow)).isEqualTo(200);
    }

    @Test
    void otherAssetAtTheSameAmount_isToldBySignature() {
        String asset =
                "assets: [{ network: farebox-dev, symbol: TEST, address: \"0xabababababababababababababababababababab\","
                        + " decimals: 6, name: Test, version: \"1\", usd: true }]";
        String route = "id: weather, match: GET /weather, price: $0.01, accept: [farebox-dev/";
        begin(Till.withRoot(asset, route + "USDC]"));
        Buyer buyer = Buyer.of(1);
        Buyer.Asked usdc = ask(buyer, WEATHER);
        till.repricing.take(Till.withRoot(asset, route + "TEST]"));

        assertThat(pay(buyer, WEATHER, usdc)).isEqualTo(200);
        assertThat(till.lastPayment().asset()).isEqualTo(usdc.terms().asset());
        Buyer.Asked test = ask(buyer, WEATHER);
        assertThat(test.terms().asset()).isNotEqualTo(usdc.terms().asset());
        assertThat(pay(buyer, WEATHER, test)).isEqualTo(200);
        assertThat(till.lastPayment().asset()).isEqualTo(test.terms().asset());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyPriceOnTheWay_isPayable(int version) {
        Buyer buyer = Buyer.of(version);
        Map<Integer, Buyer.Asked> all = new LinkedHashMap<>();
        for (int mill = 11; mill < 40; mill++) {
            till.repricing.take(Till.weather("$0.0" + mill));
            all.put(mill, ask(buyer, WEATHER));
            later(1);
        }
        till.repricing.take(Till.weather("$0.02"));

        all.forEach((mill, asked) -> {
            assertThat(pay(buyer, WEATHER, asked)).isEqualTo(200);
            assertThat(till.lastPayment().amount()).isEqualTo(mill * 1_000);
        });
    }

    @Test
    void sameTermsAsNow_areTakenWhateverTheirSignature() {
        Buyer buyer = Buyer.of(2);
        Buyer.Asked old = ask(buyer, WEATHER);
        till.repricing.take(Till.weather("$0.02"));
        later(1_000);
        till.repricing.take(Till.weather("$0.01"));

        assertThat(pay(buyer, WEATHER, old)).isEqualTo(200);
    }

    @Test
    void clientThatDropsTheSignature_isServedAllTheSame() {
        Buyer buyer = Buyer.of(2);
        Buyer.Asked asked = ask(buyer, WEATHER);
        Map<String, Object> option = new LinkedHashMap<>(asked.option());
        option.put("extra", Map.of("name", "USDC", "version", "2"));
        till.repricing.take(Till.weather("$0.02"));

        assertThat(pay(buyer, WEATHER, asked.as(option))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void originalHeader_isHonouredAgainAfterTheOverlap(int version) {
        Buyer buyer = Buyer.of(version);
        Buyer.Asked asked = ask(buyer, WEATHER);
        till.repricing.take(Till.weather("$0.02"));
        later(110);
        Ask paid = buyer.pay(WEATHER, asked, now);
        Grant grant = till.grant(paid);
        till.gate.settle(grant, 200);
        till.gate.brokenOff(grant, "test");

        later(30);
        assertThat(till.buy(paid)).isEqualTo(200);
        assertThat(book.all()).hasSize(1);
        assertThat(till.buy(paid)).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void owedRun_isFetchedAtTheLowerPriceOfNow(int version) {
        Buyer buyer = Buyer.of(version);
        Grant grant = till.grant(buyer.pay(WEATHER, ask(buyer, WEATHER), now));
        till.gate.settle(grant, 200);
        till.gate.brokenOff(grant, "test");
        till.repricing.take(Till.weather("$0.005"));

        assertThat(pay(buyer, WEATHER, ask(buyer, WEATHER))).isEqualTo(200);
        assertThat(book.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void restart_withOtherPrices_leavesTheOldOnesPayable(int version) {
        Buyer buyer = Buyer.of(version);
        Buyer.Asked asked = ask(buyer, WEATHER);
        till.close();
        now = now.plusSeconds(60);
        till = till(Till.weather("$0.02"));

        assertThat(ask(buyer, WEATHER).amount()).isEqualTo(20_000);
        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(200);
        later(56);
        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(402);
    }

    @Test
    void crash_countsAsAnEndWithinALease() {
        Buyer buyer = Buyer.of(1);
        Buyer.Asked asked = ask(buyer, WEATHER);
        now = now.plusSeconds(45 + 115);
        till = till(Till.weather("$0.02"));
        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(200);
        later(1);
        assertThat(pay(buyer, WEATHER, asked)).isEqualTo(402);
    }

    @Test
    void descriptionChanged_isOfferedAtOnceAndNoOtherPrice() {
        till.repricing.take(Till.config("id: weather, match: GET /weather, price: $0.01, description: Sunny"));

        Buyer.Asked asked = ask(Buyer.of(2), WEATHER);
        assertThat(asked.challenge().object("resource").string("description")).isEqualTo("Sunny");
        assertThat(till.repricing.live().others()).isEmpty();
    }

    @Test
    void versions_areForgottenOnceTheyHaveLapsed() {
        for (int i = 1; i <= 500; i++) {
            till.repricing.take(Till.weather("$0.0" + (1_000 + i)));
            later(1);
            assertThat(till.repricing.live().others()).hasSizeLessThanOrEqualTo(116);
        }
        assertThat(book.payable(Instant.MIN)).hasSizeLessThan(116 + 60 + 15 + 2);
        assertThat(book.payable(Instant.MIN).stream().map(PriceVersion::id))
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void changesWithoutEnd_waitUntilSomeHaveLapsed() {
        for (int i = 1; i <= 400; i++) till.repricing.take(Till.weather("$0.0" + (1_000 + i)));

        assertThat(till.repricing.live().others()).hasSize(Repricing.MOST_LISTS);
        Buyer buyer = Buyer.of(2);
        assertThat(ask(buyer, WEATHER).amount()).isLessThan(14_000);
        later(117);
        assertThat(ask(buyer, WEATHER).amount()).isEqualTo(14_000);
    }
}
