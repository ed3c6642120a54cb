package io.farebox.benchmarks;

import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;

/**
 * Generated price lists. A third of the routes is free, a third has one URL and a price, a third a price and a variable in the
 * middle of its path; forty areas share them. Two assets are accepted everywhere.
 */
public final class PriceLists {
    private static final int AREAS = 40;

    private static final String HEAD = """
            public-url: https://api.example.com
            pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
            accept: [base/USDC, polygon/USDC]
            facilitators: [{ id: payai, url: https://facilitator.payai.network }]
            secret: "0123456789abcdef0123456789abcdef"
            routes:
            """;

    private PriceLists() {}

    /** A price list of so many routes. */
    public static PriceBook ofRoutes(int count) {
        return book(yaml(HEAD, count));
    }

    /** The text of a price list: what comes before its routes, and so many of them; more may follow. */
    public static StringBuilder yaml(String head, int count) {
        StringBuilder yaml = new StringBuilder(head);
        for (int i = 0; i < count; i++) {
            String match = pattern(i);
            String rest = i % 3 == 0 ? "free: true" : "price: \"$0.01\"";
            line(yaml, "r" + i, match, rest);
        }
        return yaml;
    }

    /** A thousand routes, and one free route of so many segments: its path is {@link #deepPath}. */
    public static PriceBook withDepth(int segments) {
        StringBuilder yaml = new StringBuilder(HEAD);
        for (int i = 0; i < 999; i++) line(yaml, "r" + i, pattern(i), "price: \"$0.01\"");
        line(yaml, "deep", deepPath(segments), "free: true");
        return book(yaml);
    }

    static String deepPath(int segments) {
        return "/deep" + "/segment".repeat(segments - 1);
    }

    /** A path that the i-th route matches; {@code value} goes into its variable, if it has one. */
    public static String path(int i, String value) {
        return pattern(i).replace("{id}", value);
    }

    private static String pattern(int i) {
        String under = "/v1/area" + i % AREAS + "/thing" + i;
        return i % 3 == 2 ? under + "/{id}/score" : under;
    }

    private static void line(StringBuilder yaml, String id, String path, String rest) {
        yaml.append("  - { id: ")
                .append(id)
                .append(", match: \"GET ")
                .append(path)
                .append("\", ");
        yaml.append(rest).append(" }\n");
    }

    private static PriceBook book(CharSequence yaml) {
        FareboxConfig config = new ConfigReader(name -> null).readYaml("generated", yaml.toString());
        return PriceBook.from(config);
    }
}
