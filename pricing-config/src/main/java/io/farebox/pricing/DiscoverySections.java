package io.farebox.pricing;

import io.farebox.x402.Discovery;
import io.farebox.x402.json.Json;
import io.farebox.x402.v2.V2Codec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a route's {@code discovery}: what catalogues are told of it. */
final class DiscoverySections {
    /**
     * The most characters of JSON. They stand in a header of the 402, and stock clients send them back in one of theirs beside the
     * payment, where servers allow 8 KiB for all headers.
     */
    static final int LONGEST = 2_560;

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE");
    private static final Set<String> REFERENCES = Set.of("$ref", "$id", "$schema");
    private static final V2Codec CODEC = new V2Codec();

    private final Problems problems;
    private final JsonValues values;

    DiscoverySections(Problems problems) {
        this.problems = problems;
        this.values = new JsonValues(problems);
    }

    /** What the route says, or null if it says nothing or nothing that is right. */
    @Nullable
    Discovery read(Section route, RouteMatch match, String mimeType) {
        Section block = route.section("discovery");
        if (!route.has("discovery") || !block.flag("enabled", true)) return null;
        Section input = block.section("input");
        String method = method(match, input, block);
        if (method == null) return null;
        PathTemplate template = PathTemplate.of(match);
        Discovery discovery = new Discovery(
                method,
                template.names().isEmpty() || template.rest() ? null : template.text(),
                path(input, match, template),
                parameters(input, "query"),
                WITH_BODY.contains(method) ? body(input) : null,
                output(block, mimeType));
        int length = Json.write(CODEC.extensions(discovery)).length();
        if (length <= LONGEST) return discovery;
        String reason = "takes " + length + " characters as JSON, and " + LONGEST + " is the most";
        String fix = "Shorten its examples and schemas: they stand in a header of every 402.";
        problems.wrong(ProblemCode.DISCOVERY_TOO_LARGE, block.place(), reason, fix);
        return null;
    }

    /** The method that catalogues are told; of a route for every method, the one that it is most likely called with. */
    static String method(RouteMatch match, boolean body) {
        if (match.method() != null) return match.method();
        return body ? "POST" : "GET";
    }

    private @Nullable String method(RouteMatch match, Section input, Section block) {
        String method = method(match, input.has("body"));
        if (!WITH_BODY.contains(method) && !WITHOUT_BODY.contains(method)) {
            String reason = "belongs to a route for " + method + ", which catalogues do not know";
            problems.wrong(ProblemCode.DISCOVERY_METHOD, block.place(), reason, "Remove it, or match another method.");
            return null;
        }
        if (WITHOUT_BODY.contains(method) && input.has("body")) {
            String fix = "Describe it under query, or match POST, PUT or PATCH.";
            problems.wrong(
                    ProblemCode.DISCOVERY_METHOD, input.at("body"), "is for a " + method + ", which has no body", fix);
            return null;
        }
        return method;
    }

    private Discovery.@Nullable Part path(Section input, RouteMatch match, PathTemplate template) {
        Discovery.Part part = parameters(input, "path");
        // A match that could not be read has no segments.
        if (part == null || match.segments().isEmpty() || !(part.example() instanceof Map<?, ?> example)) return part;
        for (Object name : example.keySet()) {
            if (template.names().contains(name)) continue;
            Place at = input.section("path").at("example");
            String names = template.names().isEmpty() ? "none" : Words.oneOf(template.names());
            String fix = "Name what varies in the match: " + names + ".";
            problems.wrong(ProblemCode.DISCOVERY_SYNTAX, at, "names " + name + ", which the match does not", fix);
        }
        return part;
    }

    private Discovery.@Nullable Part parameters(Section input, String key) {
        if (!input.has(key)) return null;
        Section section = input.section(key);
        Discovery.Part part = part(section);
        if (part.example() == null || part.example() instanceof Map) return part;
        syntax(section, "example", "is no table of names and values", "Write for example { city: oslo }.");
        return part;
    }

    private Discovery.Body body(Section input) {
        Section section = input.section("body");
        String type = section.text("type", "json");
        Discovery.Part part = part(section);
        Object example = part.example();
        if (example != null && type.equals("form-data") && !(example instanceof Map)) {
            syntax(section, "example", "is no table, as a form is", "Write the names and values of its fields.");
        }
        if (example != null && type.equals("text") && !(example instanceof String)) {
            syntax(section, "example", "is no text", "Write it in quotes, or take another type.");
        }
        return new Discovery.Body(type, part);
    }

    private Discovery.@Nullable Output output(Section block, String mimeType) {
        if (!block.has("output")) return null;
        Discovery.Part part = part(block.section("output"));
        boolean text = mimeType.startsWith("text/") || mimeType.isEmpty() && part.example() instanceof String;
        return new Discovery.Output(text ? "text" : "json", part);
    }

    private Discovery.Part part(Section section) {
        Object example = values.read(section, "example");
        Map<String, Object> schema = schema(section);
        if (example == null || schema.isEmpty()) return new Discovery.Part(example, schema);
        String mismatch = ExampleCheck.problem(schema, example, "it");
        if (!mismatch.isEmpty()) {
            String fix = "Mend one of the two: facilitators leave out what does not fit.";
            problems.warn(
                    ProblemCode.DISCOVERY_MISMATCH, section.at("example"), "does not fit the schema: " + mismatch, fix);
        }
        return new Discovery.Part(example, schema);
    }

    private Map<String, Object> schema(Section section) {
        Object schema = values.read(section, "schema");
        if (schema == null) return Map.of();
        if (!(schema instanceof Map<?, ?> map)) {
            syntax(
                    section,
                    "schema",
                    "is no JSON Schema",
                    "Write for example { properties: { city: { type: string } } }.");
            return Map.of();
        }
        if (hasReference(map)) {
            String fix = "Write out what it refers to: facilitators look nothing up.";
            syntax(section, "schema", "has $ref, $id or $schema in it", fix);
            return Map.of();
        }
        @SuppressWarnings("unchecked") // as JsonValues makes them
        Map<String, Object> members = (Map<String, Object>) map;
        return members;
    }

    private static boolean hasReference(Object node) {
        return switch (node) {
            case Map<?, ?> map ->
                map.keySet().stream().anyMatch(REFERENCES::contains)
                        || map.values().stream().anyMatch(DiscoverySections::hasReference);
            case List<?> list -> list.stream().anyMatch(DiscoverySections::hasReference);
            default -> false;
        };
    }

    private void syntax(Section section, String key, String reason, String fix) {
        problems.wrong(ProblemCode.DISCOVERY_SYNTAX, section.at(key), reason, fix);
    }
}
