package io.farebox.pricing;

import static io.farebox.pricing.Fixtures.get;
import static io.farebox.pricing.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Pricing;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookalikePathTest {
    private static final Pricing REFUSED = new Pricing.Refuse(404, "unpriced_path");
    private static final String COST = ", price: \"$0.01\"";
    private static final List<String> SPELLINGS = List.of(
            "/explo%C4%B0ts",
            "/explo%c4%b1ts",
            "/explo\u0130ts/",
            "/explo\u0131ts",
            "/explo\u00c4\u00b0ts",
            "/explo%C4\u00b0ts",
            "/exploit%C5%BF",
            "/%65xploit\u017f",
            "/EXPLO%C4%B0T%C5%BF",
            "/free/dis%E2%84%AA",
            "/free/di%C5%BF%e2%84%aa",
            "/free/dis\u212a",
            "/exploits/%C4%B0d/raw",
            "/users/7/l%C4%B0st",
            "/ap%C4%B0/any/thing");

    private static final String[] ROUTES = {
        "match: \"GET /exploits\"" + COST,
        "match: \"/free/disk\"" + COST,
        "match: \"/exploits/id/raw\"" + COST,
        "match: \"/users/{id}/list\"" + COST,
        "match: \"/api/**\"" + COST,
        "match: \"/info\", free: true"
    };

    @Test
    void pathThatFoldsToAPricedOne_isRefused() {
        PriceBook book = PriceBook.from(Fixtures.routes(ROUTES));
        for (String path : SPELLINGS) assertThat(book.price(get(path))).as(path).isEqualTo(REFUSED);
        assertThat(book.price(request("POST", "/explo%C4%B0ts"))).isEqualTo(REFUSED);
        assertThat(book.price(get("/explo%C4%B0ts/1"))).isEqualTo(REFUSED);
    }

    @Test
    void freeRouteForEverything_hidesNoneOfThem() {
        String[] routes = java.util.Arrays.copyOf(ROUTES, ROUTES.length + 1);
        routes[ROUTES.length] = "match: \"/**\", free: true";
        PriceBook book = PriceBook.from(Fixtures.routes(routes));
        for (String path : SPELLINGS) assertThat(book.price(get(path))).as(path).isEqualTo(REFUSED);
        assertThat(book.price(get("/%C4%B0stanbul"))).isEqualTo(new Pricing.Free("r6"));
        assertThat(book.price(get("/%C4%B0nfo"))).isEqualTo(new Pricing.Free("r6"));
    }

    @Test
    void otherPaths_areAsBefore() {
        PriceBook book = PriceBook.from(Fixtures.routes(ROUTES));
        for (String path : List.of(
                "/%C4%B0nfo", "/explo%C4%B2ts", "/explo%C4ts", "/explo%C4%", "/explo%E2%84ts", "/dis%E2%84%AB", "/%C4"))
            assertThat(book.price(get(path))).as(path).isEqualTo(new Pricing.Unpriced());
        assertThat(PriceBookTest.id(book, get("/users/%C4%B0lker/list"))).isEqualTo("r3");
        assertThat(PriceBookTest.id(book, get("/api/%E2%84%AA"))).isEqualTo("r4");
    }

    @Test
    void routeThatSpellsTheLetter_isFound() {
        PriceBook book = PriceBook.from(Fixtures.routes(
                "match: /\u0131s\u0131" + COST, "match: \"/{page}\", price: \"$0.02\"", "match: /isi, free: true"));
        assertThat(PriceBookTest.id(book, get("/%C4%B1s%C4%B1"))).isEqualTo("r0");
        assertThat(PriceBookTest.id(book, get("/%C4%B0stanbul"))).isEqualTo("r1");
        assertThat(PriceBookTest.id(book, get("/isi"))).isEqualTo("r2");
    }
}
