package io.farebox.app.command.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Query parameters that take one of a few values: what a price may well depend on. */
final class QueryChoices {
    private static final int MOST_PARAMETERS = 3;
    private static final int MOST_VALUES = 6;

    private QueryChoices() {}

    /** Such as {@code depth (full, lite)}. */
    static List<String> of(SpecNode document, SpecNode item, SpecNode operation) {
        List<String> choices = new ArrayList<>();
        for (SpecNode owner : List.of(operation, item)) {
            for (SpecNode each : owner.get("parameters").items()) {
                SpecNode parameter = each.resolved(document);
                if (parameter == null || !parameter.get("in").text().equals("query")) continue;
                SpecNode schema = parameter.get("schema").resolved(document);
                List<SpecNode> values =
                        schema == null ? List.of() : schema.get("enum").items();
                if (values.size() < 2 || choices.size() >= MOST_PARAMETERS) continue;
                choices.add(choice(parameter.get("name").text(), values));
            }
        }
        return choices;
    }

    private static String choice(String name, List<SpecNode> values) {
        String few = values.stream().limit(MOST_VALUES).map(SpecNode::text).collect(Collectors.joining(", "));
        return PlainText.line(name + " (" + few + (values.size() > MOST_VALUES ? ", …" : "") + ")", 120);
    }
}
