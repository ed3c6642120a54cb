package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Rows that were made by running the reference, in our spelling of patterns. Left out are targets that the firewall refuses
 * before anybody asks for a price, and {@code /files/*}{@code /raw}, where the reference's star crosses slashes and ours does
 * not.
 */
class RouteMatchingVectorsTest {
    private static final Map<String, String> OURS = Map.of(
            "GET /api/*", "GET /api/**",
            "/admin/*", "/admin/**",
            "*", "/**",
            "/api/[id]", "/api/{id}",
            "POST /api/:id/items", "POST /api/{id}/items",
            "GET /weather", "GET /weather",
            "/a.b/c", "/a.b/c",
            "/", "/");
    private static final Pattern AMBIGUOUS =
            Pattern.compile("(?i).*(;|//|/\\.\\.?/|%2f|%5c|%2e%2e|%zz|%e2%80%a8|%3f|%20).*");

    @Test
    void referenceRows_matchAsInTheReferenceOrStricter() {
        Map<?, ?> vectors = (Map<?, ?>) Vectors.read("generated-route-matching.json");
        Map<String, PriceBook> books = new HashMap<>();
        int rows = 0;
        for (Object each : (List<?>) vectors.get("cases")) {
            List<?> row = (List<?>) each;
            String pattern = OURS.get((String) row.get(0));
            String method = (String) row.get(1);
            String path = (String) row.get(2);
            if (pattern == null || AMBIGUOUS.matcher(path).matches()) continue;
            PriceBook book = books.computeIfAbsent(
                    pattern, key -> PriceBook.from(Fixtures.routes("match: \"" + key + "\", price: \"$0.01\"")));
            boolean matched =
                    PriceBookTest.id(book, Fixtures.request(method, path)).equals("r0");
            assertThat(matched).as(pattern + " " + method + " " + path).isEqualTo(expected(row, pattern, method));
            rows++;
        }
        assertThat(rows).isGreaterThan(400);
    }

    /** HEAD is dispatched to the handler of GET, so unlike in the reference a price of GET covers it. */
    private static boolean expected(List<?> row, String pattern, String method) {
        if (!method.equals("HEAD") || !pattern.startsWith("GET "))
            return row.get(3).equals(1);
        Map<?, ?> vectors = (Map<?, ?>) Vectors.read("generated-route-matching.json");
        return ((List<?>) vectors.get("cases"))
                .stream()
                        .map(each -> (List<?>) each)
                        .filter(each ->
                                each.get(0).equals(row.get(0)) && each.get(2).equals(row.get(2)))
                        .anyMatch(
                                each -> each.get(1).equals("GET") && each.get(3).equals(1));
    }
}
