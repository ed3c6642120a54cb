package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.gate.Offer;
import io.farebox.gate.Pricing;
import io.farebox.x402.json.JsonFormatException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one replica writes down is what another one reads: every request has the same price. */
class PublishedPricesTest {
    private static final String[] ROUTES = {
        "match: GET /a, price: $0.01, description: told to nobody, timeout: 5s, flow: upfront, charge-below: 500",
        "match: \"/b/{id}/c\", price: 0.25 USDC, verify: local, free-for: authenticated",
        "match: \"GET /café/*\", price: $0.02",
        "match: \"/open/**\", free: true",
        "match: GET /open/not, price: $0.03",
        "match: GET /search, price: { default: $0.01, rules: ["
                + "{ query: { depth: full, \"a&b\": x }, price: $0.05 },"
                + "{ header: { X-Tier: gold }, price: $0.05 },"
                + "{ query: { depth: deep }, header: { X-Tier: silver }, price: $0.001 }] }",
        "match: GET /solana, price: $0.01, accept: [solana/USDC]"
    };

    private static final List<Fixtures.Request> REQUESTS = List.of(
            Fixtures.get("/a"),
            Fixtures.get("/A/"),
            Fixtures.get("/a/below"),
            Fixtures.get("/b/7/c"),
            Fixtures.get("/caf%C3%A9/x"),
            Fixtures.get("/open/x/y"),
            Fixtures.get("/open/not"),
            Fixtures.get("/open/n%C5%8Ft"),
            Fixtures.get("/search"),
            Fixtures.get("/search?depth=full&a%26b=x"),
            Fixtures.get("/search?depth=full"),
            Fixtures.get("/search?depth=deep;x"),
            Fixtures.get("/search").with("X-Tier", "gold"),
            Fixtures.get("/search?depth=deep").with("X-Tier", "silver"),
            Fixtures.get("/solana"),
            Fixtures.get("/elsewhere"));

    private final PriceBook book = PriceBook.from(Fixtures.withRoot("unmatched: refuse", ROUTES));

    @Test
    void read_pricesEveryRequestAlike() {
        PublishedPrices read = PublishedPrices.read(book.published().text(), "another");

        for (Fixtures.Request request : REQUESTS) {
            assertThat(read(read.price(request))).as("%s", request).isEqualTo(read(book.price(request)));
        }
        assertThat(read.text()).isEqualTo(book.published().text());
        assertThat(read.publicUrl()).isEqualTo("https://api.example.com");
        assertThat(read.size()).isEqualTo(book.offers().size()).isEqualTo(8);
        assertThat(read.longest()).isEqualTo(Duration.ofSeconds(116));
    }

    /** Offers are themselves, so they are compared by what matters; a description makes no difference to a payment. */
    private static Object read(Pricing pricing) {
        if (!(pricing instanceof Pricing.Priced(Offer offer))) return pricing;
        return List.of(
                Map.of("route", offer.routeId(), "rule", offer.rule(), "price", offer.price()),
                offer.accepts(),
                offer.facilitators(),
                offer.flow(),
                offer.timeout(),
                offer.chargeBelow(),
                offer.verifyLocal(),
                offer.freeForAuthenticated());
    }

    @Test
    void read_namesItsOffersByTheVersion() {
        PublishedPrices read = PublishedPrices.read(book.published().text(), "another");

        assertThat(((Pricing.Priced) read.price(REQUESTS.getFirst())).offer().priceVersion())
                .isEqualTo("another");
    }

    @Test
    void text_isTheSame_howeverPricesAreNamedAndDescribed() {
        String[] described = ROUTES.clone();
        described[0] = described[0].replace("told to nobody", "something else");
        PriceBook other =
                PriceBook.from(Fixtures.withRoot("unmatched: refuse", described), Completion.NONE, "0123456789abcdef");

        assertThat(other.published().text()).isEqualTo(book.published().text());
        String[] dearer = ROUTES.clone();
        dearer[0] = dearer[0].replace("$0.01", "$0.02");
        assertThat(PriceBook.from(Fixtures.withRoot("unmatched: refuse", dearer))
                        .published()
                        .text())
                .isNotEqualTo(book.published().text());
    }

    @Test
    void rule_isNamedByItsConditions_whateverItCosts() {
        Offer full = offer(book, REQUESTS.get(9));
        Offer gold = offer(book, REQUESTS.get(12));
        String[] dearer = ROUTES.clone();
        dearer[5] = dearer[5].replace("$0.05", "$0.06").replace("X-Tier: gold", "x-tier: gold");
        PriceBook other = PriceBook.from(Fixtures.withRoot("unmatched: refuse", dearer));

        assertThat(offer(book, REQUESTS.get(8)).rule()).isEmpty();
        assertThat(full.rule()).hasSize(12).isNotEqualTo(gold.rule());
        assertThat(offer(other, REQUESTS.get(9)).rule()).isEqualTo(full.rule());
        assertThat(offer(other, REQUESTS.get(12)).rule()).isEqualTo(gold.rule());
    }

    private static Offer offer(PriceBook book, Fixtures.Request request) {
        return ((Pricing.Priced) book.price(request)).offer();
    }

    @Test
    void read_ofAnotherFormat_isRefused() {
        String text = book.published().text();
        for (String wrong : List.of(
                "",
                "{}",
                text.replace("\"format\":1", "\"format\":2"),
                text.replace("\"=search\"", "\"search\""),
                text.replace("\"UPFRONT\"", "\"SIDEWAYS\""),
                text.replace("\"AUTHORIZATION\"", "7"))) {
            assertThatExceptionOfType(JsonFormatException.class)
                    .as(wrong)
                    .isThrownBy(() -> PublishedPrices.read(wrong, "another"));
        }
    }
}
