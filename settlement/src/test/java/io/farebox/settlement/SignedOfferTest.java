package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.PriceVersion;
import io.farebox.gate.PriceVersions;
import io.farebox.pricing.Completion;
import io.farebox.pricing.FareboxConfig;
import io.farebox.settlement.dev.DevFacilitator;
import io.farebox.settlement.dev.DevLimits;
import io.farebox.testkit.book.InMemoryBook;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica that has not heard of another one's prices takes them on our signature, and on nothing else. */
class SignedOfferTest {
    private static final Ask WEATHER = Ask.get("/weather");
    private static final Ask OTHER = Ask.get("/other");
    private static final Ask FULL = Ask.get("/search?depth=full");

    private final InMemoryBook book = new InMemoryBook();
    private final Deaf deaf = new Deaf();
    private final Buyer buyer = Buyer.of(2);
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final DevFacilitator dev = new DevFacilitator("dev", DevLimits.defaults(), () -> now);
    private Till one;
    private Till two;

    /** Hears nothing of the others' versions until told to. */
    private final class Deaf implements PriceVersions {
        private boolean hears;
        private boolean down;

        @Override
        public void publish(PriceVersion version, String prices) {}

        @Override
        public boolean offered(String id, String owner, Instant until) {
            return true;
        }

        @Override
        public List<PriceVersion> payable(Instant after) {
            if (down) throw new BookUnavailableException("down", null);
            return hears ? book.payable(after) : List.of();
        }

        @Override
        public Optional<String> prices(String digest) {
            return book.prices(digest);
        }

        @Override
        public int forget(Instant until) {
            return 0;
        }
    }

    private static FareboxConfig prices(int cents) {
        return prices("", cents);
    }

    private static FareboxConfig prices(String root, int cents) {
        return Till.withRoot(
                root,
                "id: weather, match: GET /weather, price: $0.0" + cents,
                "id: other, match: GET /other, price: $0.0" + (cents + 1),
                "id: search, match: GET /search, price: { default: $0.0" + cents
                        + ", rules: [{ query: { depth: full }, price: $0.0" + (cents + 2) + " }] }");
    }

    private Till till(String name, FareboxConfig config, PriceVersions versions, String secret) {
        return new Till(name, config, book, versions, Replicas.several(), dev, () -> now, Completion.NONE, secret);
    }

    @BeforeEach
    void open() {
        two = till("two", prices(1), deaf, Till.SECRET);
        one = till("one", prices(2), book, Till.SECRET);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private void later(long seconds) {
        now = now.plusSeconds(seconds);
        one.repricing.round();
        two.repricing.round();
    }

    private Buyer.Asked ask(Ask request) {
        return buyer.read(one.answer(request));
    }

    private int pay(Ask request, Buyer.Asked asked) {
        return two.buy(buyer.pay(request, asked, now));
    }

    private static Buyer.Asked with(Buyer.Asked asked, String member, Object value) {
        Map<String, Object> option = new LinkedHashMap<>(asked.option());
        option.put(member, value);
        return asked.as(option);
    }

    private static Buyer.Asked sealed(Buyer.Asked asked, UnaryOperator<String> change) {
        Map<String, Object> extra = new LinkedHashMap<>(asked.terms().extra());
        extra.computeIfPresent("fareboxOffer", (name, seal) -> change.apply((String) seal));
        return with(asked, "extra", extra);
    }

    @Test
    void everyOption_carriesOneShortSignedMember() {
        Map<String, Object> extra = ask(WEATHER).terms().extra();

        assertThat(extra).containsOnlyKeys("name", "version", "fareboxOffer");
        assertThat((String) extra.get("fareboxOffer"))
                .startsWith(one.repricing.live().now().version() + ".")
                .matches("[0-9a-f]{23}\\.[A-Za-z0-9_-]{22}");
        assertThat(Buyer.of(1).read(one.answer(WEATHER)).terms().extra()).containsOnlyKeys("name", "version");
    }

    @Test
    void unheardVersion_isTakenOnItsSignature_whateverItCosts() {
        later(3);
        for (Ask request : List.of(WEATHER, OTHER, Ask.get("/search"), FULL)) {
            Buyer.Asked asked = ask(request);
            assertThat(pay(request, asked)).as(request.path()).isEqualTo(200);
            assertThat(two.lastPayment().amount()).isEqualTo(asked.amount());
            assertThat(two.lastPayment().priceVersion())
                    .isEqualTo(one.repricing.live().now().version());
        }
    }

    @Test
    void unheardVersion_withoutSignature_isRefused() {
        Buyer.Asked asked = ask(WEATHER);

        assertThat(pay(WEATHER, with(asked, "extra", Map.of("name", "USDC", "version", "2"))))
                .isEqualTo(402);
        assertThat(pay(WEATHER, sealed(asked, seal -> "no seal at all"))).isEqualTo(402);
        assertThat(book.all()).isEmpty();
        assertThat(two.buy(Buyer.of(1).pay(WEATHER, Buyer.of(1).read(one.answer(WEATHER)), now)))
                .isEqualTo(402);
    }

    @Test
    void alteredTerms_areRefused() {
        Buyer.Asked asked = ask(WEATHER);

        assertThat(pay(WEATHER, with(asked, "amount", "1"))).isEqualTo(402);
        assertThat(pay(WEATHER, with(asked, "payTo", "0x" + "12".repeat(20)))).isEqualTo(402);
        assertThat(pay(WEATHER, with(asked, "maxTimeoutSeconds", 115L))).isEqualTo(402);
        assertThat(pay(WEATHER, with(asked, "asset", "0x" + "34".repeat(20)))).isEqualTo(402);
        Map<String, Object> extra = new LinkedHashMap<>(asked.terms().extra());
        extra.put("name", "Other");
        assertThat(pay(WEATHER, with(asked, "extra", extra))).isEqualTo(402);
        assertThat(book.all()).isEmpty();
        assertThat(pay(WEATHER, asked)).isEqualTo(200);
    }

    @Test
    void offerOfAnotherRouteOrRule_isRefused() {
        assertThat(pay(OTHER, ask(WEATHER))).isEqualTo(402);
        assertThat(pay(FULL, ask(Ask.get("/search")))).isEqualTo(402);
        assertThat(pay(FULL, ask(WEATHER))).isEqualTo(402);
        assertThat(book.all()).isEmpty();
    }

    @Test
    void versionMadeUp_isRefused() {
        Buyer.Asked asked = ask(WEATHER);
        String version = PriceVersion.id(now.plusMillis(1), "0123456789ab");

        assertThat(pay(WEATHER, sealed(asked, seal -> version + seal.substring(seal.indexOf('.')))))
                .isEqualTo(402);
        assertThat(pay(WEATHER, sealed(asked, seal -> seal.substring(seal.indexOf('.')))))
                .isEqualTo(402);
        assertThat(book.all()).isEmpty();
    }

    @Test
    void signatureOfAnotherSecretOrService_isRefused() {
        for (Till stranger : List.of(
                till("three", prices(2), deaf, "another-secret-of-some-length"),
                till("four", prices("settle-wait: 20s", 2), deaf, Till.SECRET + "x"))) {
            assertThat(pay(WEATHER, buyer.read(stranger.answer(WEATHER)))).isEqualTo(402);
            stranger.close();
        }
        FareboxConfig elsewhere = Till.elsewhere("id: weather, match: GET /weather, price: $0.02");
        try (Till stranger = till("five", elsewhere, book, Till.SECRET)) {
            assertThat(pay(WEATHER, withoutResource(buyer.read(stranger.answer(WEATHER)))))
                    .isEqualTo(402);
            deaf.hears = true;
            later(2);
            assertThat(two.repricing.live().others()).hasSize(1);
        }
        assertThat(book.all()).isEmpty();
    }

    /** What another service's URL would give away is left out. */
    private Buyer.Asked withoutResource(Buyer.Asked asked) {
        return new Buyer.Asked(ask(WEATHER).challenge(), asked.option(), asked.terms());
    }

    @Test
    void versionOlderThanWhatWasHeard_isRefused() {
        Buyer.Asked asked = ask(WEATHER);
        later(9);
        assertThat(pay(WEATHER, asked)).isEqualTo(200);
        later(2);

        assertThat(pay(WEATHER, asked)).isEqualTo(402);
    }

    @Test
    void lapsedVersion_isRefused_howeverLongNothingWasHeard() {
        Buyer.Asked asked = ask(WEATHER);
        deaf.down = true;
        later(29);
        assertThat(pay(WEATHER, asked)).isEqualTo(200);
        later(2);

        assertThat(pay(WEATHER, asked)).isEqualTo(503);
        deaf.down = false;
        later(1);
        assertThat(pay(WEATHER, asked)).isEqualTo(402);
        assertThat(pay(WEATHER, buyer.read(two.answer(WEATHER)))).isEqualTo(200);
    }

    @Test
    void nothingHeardForLong_isNoReasonForASecond402() {
        Buyer v1 = Buyer.of(1);
        Buyer.Asked asked = v1.read(one.answer(WEATHER));
        deaf.down = true;
        later(2);
        assertThat(two.buy(v1.pay(WEATHER, asked, now))).isEqualTo(402);
        later(1);

        assertThat(two.buy(v1.pay(WEATHER, asked, now))).isEqualTo(503);
        deaf.down = false;
        deaf.hears = true;
        later(1);
        assertThat(two.buy(v1.pay(WEATHER, asked, now))).isEqualTo(200);
    }

    @Test
    void bookOfOneProcess_takesNothingUnknown() {
        FareboxConfig config = prices(1);
        try (Till alone = new Till("alone", config, new InMemoryBook(), Replicas.none(), dev, () -> now)) {
            assertThat(alone.buy(buyer.pay(WEATHER, ask(WEATHER), now))).isEqualTo(402);
        }
    }
}
