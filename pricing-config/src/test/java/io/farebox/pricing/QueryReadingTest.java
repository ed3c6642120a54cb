package io.farebox.pricing;

import static io.farebox.pricing.Fixtures.get;
import static io.farebox.pricing.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Pricing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cheap price must not be had by a spelling that the resource reads as the dear one. */
class QueryReadingTest {
    private static final Pricing REFUSED = new Pricing.Refuse(400, "undeterminable_price");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final PriceBook dearRule = book("match: /s, price: { default: \"$0.01\", rules: ["
            + "{ query: { depth: full }, price: \"$0.05\" }, { query: { depth: deep }, price: \"$0.050\" }] }");
    private final PriceBook cheapRule =
            book("match: /s, price: { default: \"$0.05\", rules: [{ query: { limit: 10 }, price: \"$0.01\" }] }");

    @Test
    void formBody_isRefusedWhereItMayMakeTheRequestDearer() {
        for (String type : List.of(
                FORM,
                "Application/X-WWW-Form-URLencoded;charset=UTF-8",
                " " + FORM + " ; charset=utf-8",
                "text/plain, " + FORM,
                "multipart/form-data; boundary=x",
                "MULTIPART/FORM-DATA;boundary=x",
                "multipart/mixed; boundary=x")) {
            for (String target : List.of("/s", "/s?depth=lite", "/s?page=2")) {
                assertThat(dearRule.price(request("POST", target).with("content-type", type)))
                        .as(target + " " + type)
                        .isEqualTo(REFUSED);
            }
        }
        assertThat(dearRule.price(request("POST", "/s").with("Content-Type", "text/plain", FORM)))
                .isEqualTo(REFUSED);
        assertThat(cheapRule.price(request("POST", "/s?limit=10").with("Content-Type", FORM)))
                .isEqualTo(REFUSED);
    }

    @Test
    void formBody_isNoMatterWhereTheDearestPriceHolds() {
        for (String target : List.of("/s?depth=full", "/s?depth=deep", "/s?DEPTH=full"))
            assertThat(dearRule.price(request("POST", target).with("Content-Type", FORM)))
                    .as(target)
                    .isEqualTo(dearRule.price(get(target)))
                    .isInstanceOf(Pricing.Priced.class);
        assertThat(price(cheapRule, request("POST", "/s").with("Content-Type", FORM)))
                .isEqualTo("$0.05");
    }

    @Test
    void otherBodiesAndRoutesWithoutQueryConditions_takeNoNoticeOfForms() {
        for (String type : List.of("", "application/json", "text/plain; a=" + FORM, "application/x-www-form")) {
            assertThat(price(dearRule, request("POST", "/s").with("Content-Type", type)))
                    .as(type)
                    .isEqualTo("$0.01");
        }
        PriceBook byHeader = book("match: /s, price: { default: \"$0.01\", rules: ["
                + "{ header: { X-Tier: gold }, price: \"$0.05\" }] }");
        assertThat(price(byHeader, request("POST", "/s").with("Content-Type", FORM)))
                .isEqualTo("$0.01");
        assertThat(price(
                        book("match: /s, price: \"$0.02\""),
                        request("POST", "/s").with("Content-Type", FORM)))
                .isEqualTo("$0.02");
    }

    @Test
    void spacesAround_areTheDearestReading() {
        for (String query : List.of(
                "depth=full%20",
                "depth=%20full",
                "depth=+full",
                "depth=full+%09+",
                "depth=%00full%0D%0A",
                "%20depth=full",
                "depth%09=full",
                "+DEPTH+=+FULL+",
                "depth=lite&depth=full%20")) {
            assertThat(price(dearRule, get("/s?" + query))).as(query).isEqualTo("$0.05");
        }
        for (String query : List.of("limit=10%20", "limit=%2010", "limit=+10", "+limit=10", "limit+=10")) {
            assertThat(price(cheapRule, get("/s?" + query))).as(query).isEqualTo("$0.05");
        }
        assertThat(dearRule.price(get("/s?+depth[0]=full"))).isEqualTo(REFUSED);
        for (String query : List.of("depth=fu+ll", "de+pth=full", "depth=+", "depth=%20%C3%A0full", "+=full")) {
            assertThat(price(dearRule, get("/s?" + query))).as(query).isEqualTo("$0.01");
        }
    }

    @Test
    void configuredSpaces_areEqualAsWrittenOnly() {
        PriceBook book = book("match: /s, price: { default: \"$0.03\", rules: ["
                + "{ query: { a: \" x \" }, price: \"$0.01\" }, { query: { b: \" y \" }, price: \"$0.05\" }] }");
        assertThat(price(book, get("/s?a=+x%20"))).isEqualTo("$0.01");
        assertThat(price(book, get("/s?a=x"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s?b=y"))).isEqualTo("$0.05");
    }

    @Test
    void prefixesOfDataBinding_areTheDearestReading() {
        for (String query : List.of("!depth=full", "_depth=full", "%21depth=full", "%5Fdepth=full", "!_depth=full")) {
            assertThat(price(dearRule, get("/s?" + query))).as(query).isEqualTo("$0.05");
        }
        for (String query : List.of("_limit=10", "!limit=10", "_limit=10&limit=10")) {
            assertThat(price(cheapRule, get("/s?" + query))).as(query).isEqualTo("$0.05");
        }
        assertThat(dearRule.price(get("/s?_depth[0]=full"))).isEqualTo(REFUSED);
        assertThat(price(dearRule, get("/s?depth=_full"))).isEqualTo("$0.01");
        assertThat(price(dearRule, get("/s?-depth=full"))).isEqualTo("$0.01");
    }

    @Test
    void configuredPrefix_isPartOfTheName() {
        PriceBook book =
                book("match: /s, price: { default: \"$0.05\", rules: [{ query: { _fmt: csv }, price: \"$0.01\" }] }");
        assertThat(price(book, get("/s?_fmt=csv"))).isEqualTo("$0.01");
        assertThat(price(book, get("/s?fmt=csv"))).isEqualTo("$0.05");
    }

    @Test
    void valueThatNoRuleNames_getsTheDefaultAndANamedOneIsCheaper() {
        assertThat(price(cheapRule, get("/s?limit=10"))).isEqualTo("$0.01");
        for (String query : List.of("limit=0x3e8", "limit=%2B1000", "limit=010", "limit=10&limit=1000", "limit", "")) {
            assertThat(price(cheapRule, get("/s?" + query))).as(query).isEqualTo("$0.05");
        }
    }

    private static PriceBook book(String route) {
        return PriceBook.from(Fixtures.routes(route));
    }

    private static String price(PriceBook book, Fixtures.Request request) {
        return PriceBookTest.offer(book.price(request)).price();
    }
}
