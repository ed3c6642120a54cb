package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Bundle;
import io.farebox.gate.Flow;
import io.farebox.gate.Offer;
import io.farebox.gate.Pricing;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TokenSectionsTest {
    private static final String ROUTE = "match: \"GET /a\", price: \"$0.01\"";
    private static final String OTHER = "match: \"GET /b\", price: \"$0.02\"";
    private static final String ENABLED = "rails: { token: { enabled: true } }\n";
    private static final Bundle TEN = new Bundle("ten", "$0.08", 10, List.of("r0"), Duration.ofDays(30));

    private static FareboxConfig with(String root) {
        return Fixtures.withRoot(root, ROUTE, OTHER);
    }

    private static FareboxConfig selling(String bundle) {
        return with(ENABLED + "bundles: [{ " + bundle + " }]");
    }

    private static FareboxConfig ten() {
        return selling("id: ten, price: \"$0.08\", requests: 10, routes: [r0]");
    }

    @Test
    void tokens_areTakenOnlyWhereEnabled() {
        assertThat(with("").tokens()).isNull();
        assertThat(with("rails: { token: { ttl: 7d } }").tokens()).isNull();
        assertThat(with(ENABLED).tokens()).isEqualTo(new TokenConfig(Duration.ofHours(24), List.of()));
        assertThat(with("rails: { token: { enabled: true, ttl: 7d, routes: [r1] } }")
                        .tokens())
                .isEqualTo(new TokenConfig(Duration.ofDays(7), List.of("r1")));
    }

    @Test
    void bundle_isSoldOnARouteOfItsOwn() {
        PriceBook book = PriceBook.from(ten());
        Offer offer = offer(book, "POST", "/.farebox/bundles/ten");
        assertThat(offer.bundle()).isEqualTo(TEN);
        assertThat(offer.flow()).isEqualTo(Flow.UPFRONT);
        assertThat(offer.accepts().getFirst().amount()).isEqualTo(80_000);
        assertThat(offer.description()).isEqualTo("10 requests: r0");
        assertThat(book.price(Fixtures.request("GET", "/.farebox/bundles/ten"))).isNotInstanceOf(Pricing.Priced.class);
    }

    @Test
    void routes_sayWhichBundlesPayForThem() {
        PriceBook book = PriceBook.from(ten());
        assertThat(offer(book, "GET", "/a").bundles()).containsExactly(TEN);
        assertThat(offer(book, "GET", "/b").bundles()).isEmpty();
        assertThat(offer(book, "GET", "/a").bundle()).isNull();
    }

    @Test
    void published_tellsOtherReplicasOfBundles() {
        String text = PriceBook.from(ten()).published().text();
        Offer read = offer(PublishedPrices.read(text, "v2"), "POST", "/.farebox/bundles/ten");
        assertThat(read.bundle()).isEqualTo(TEN);
        assertThat(read.priceVersion()).isEqualTo("v2");
    }

    @Test
    void changedBundle_isAnotherPriceList() {
        FareboxConfig other = selling("id: ten, price: \"$0.08\", requests: 12, routes: [r0]");
        assertThat(PriceBook.contentName(other)).isNotEqualTo(PriceBook.contentName(ten()));
        PriceDiff diff = PriceDiff.between(ten(), other);
        assertThat(diff.changes())
                .containsExactly("route bundle/ten: bundle 10 requests of r0 for 30d → 12 requests of r0 for 30d");
        assertThat(diff.restartKeys()).isEmpty();
        assertThat(PriceDiff.between(with(""), with(ENABLED)).restartKeys()).containsExactly("rails");
    }

    @Test
    void dearBundle_isAWarning() {
        assertThat(ten().warnings()).isEmpty();
        FareboxConfig dear = selling("id: ten, price: \"$0.11\", requests: 10, routes: [r0]");
        assertThat(dear.warnings()).extracting(ConfigProblem::code).contains(ProblemCode.BUNDLE_DEAR);
        FareboxConfig mixed = selling("id: ten, price: \"$0.11\", requests: 10, routes: [r0, r1]");
        assertThat(mixed.warnings()).extracting(ConfigProblem::code).doesNotContain(ProblemCode.BUNDLE_DEAR);
    }

    private static Offer offer(io.farebox.gate.PriceList prices, String method, String path) {
        Pricing pricing = prices.price(Fixtures.request(method, path));
        assertThat(pricing).isInstanceOf(Pricing.Priced.class);
        return Objects.requireNonNull(((Pricing.Priced) pricing).offer());
    }
}
