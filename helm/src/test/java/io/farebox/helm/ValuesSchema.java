package io.farebox.helm;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.farebox.pricing.FareboxConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes {@code values.schema.json}: the chart's own keys, and the price list's schema below {@code farebox}. */
final class ValuesSchema {
    static final Path CHART_KEYS = Path.of("chart.schema.json");
    private static final String PRICE_LIST = "/META-INF/farebox/farebox.schema.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ValuesSchema() {}

    static String render() throws IOException {
        ObjectNode chart = (ObjectNode) JSON.readTree(Files.readString(CHART_KEYS));
        ((ObjectNode) chart.get("properties")).set("farebox", priceList());
        DefaultPrettyPrinter unix = new DefaultPrettyPrinter();
        unix.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return JSON.writer(unix).writeValueAsString(chart) + "\n";
    }

    static ObjectNode priceList() throws IOException {
        try (InputStream in = FareboxConfig.class.getResourceAsStream(PRICE_LIST)) {
            ObjectNode tree = (ObjectNode) JSON.readTree(in);
            tree.remove("$schema");
            tree.remove("title");
            // The chart says itself what is missing: a chart that is linted has no price list yet.
            tree.remove("required");
            // Helm reads the word off as false.
            ((ArrayNode) tree.at("/properties/mode/anyOf/0/enum")).add(false);
            textIsText(tree);
            return tree;
        }
    }

    /** Helm reads yes, 010 and 1.10 as true, 8 and 1.1: what is text must be written as text, or a price would ask for another. */
    private static void textIsText(ObjectNode node) {
        if (node.path("type").isArray()) node.put("type", "string");
        node.forEach(child -> {
            if (child instanceof ObjectNode section) textIsText(section);
            else if (child instanceof ArrayNode list)
                list.forEach(item -> {
                    if (item instanceof ObjectNode section) textIsText(section);
                });
        });
    }
}
