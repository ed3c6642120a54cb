package io.farebox.app.command.openapi;

import java.util.ArrayList;
import java.util.List;

/**
 * A route as it is going to be written.
 *
 * @param source the operation, for people; empty if there is none
 * @param match method and path
 * @param price with its unit; empty for a free route
 * @param comments lines that stand before it
 * @param leftOut why it is written as a comment only; empty if it is written as a route
 */
record RouteDraft(
        String id,
        String source,
        String match,
        String price,
        String description,
        List<String> comments,
        String leftOut) {
    private static final String INDENT = "  ";

    static RouteDraft of(Operation operation, String id, String price) {
        MatchPath path = MatchPath.of(operation.template());
        boolean preflight = operation.method().equals("OPTIONS");
        boolean free = preflight || path.exact() && FreeRoutes.contains(operation);
        List<String> comments = new ArrayList<>();
        if (!path.exact()) {
            comments.add("The document says " + operation + ", which no route can say; this one takes more.");
        }
        if (operation.deprecated()) comments.add("Deprecated, says the document.");
        if (free && !preflight) {
            comments.add("Looks like nothing that anybody would pay for. If it is, write a price instead of free.");
        }
        if (!free && !operation.choices().isEmpty()) {
            comments.add("A price may depend on the query: " + String.join(", ", operation.choices()));
        }
        String match = operation.method() + " " + path.path();
        return new RouteDraft(id, operation.toString(), match, free ? "" : price, operation.text(), comments, "");
    }

    boolean isFree() {
        return price.isEmpty();
    }

    boolean isLeftOut() {
        return !leftOut.isEmpty();
    }

    RouteDraft leftOut(String reason) {
        return new RouteDraft(id, source, match, price, description, comments, reason);
    }

    /** Lines of YAML for the list of routes. */
    void write(StringBuilder out) {
        if (isLeftOut()) {
            comment("Left out: " + source + " (" + id + "): the match \"" + match + "\" " + leftOut + ".", out);
            return;
        }
        comments.forEach(comment -> comment(comment, out));
        line("- id: " + PlainText.quoted(id), out);
        line("  match: " + PlainText.quoted(match), out);
        line(isFree() ? "  free: true" : "  price: " + PlainText.quoted(price), out);
        if (!description.isEmpty()) line("  description: " + PlainText.quoted(description), out);
    }

    static void comment(String text, StringBuilder out) {
        line("# " + PlainText.line(text, 500), out);
    }

    private static void line(String text, StringBuilder out) {
        out.append(INDENT).append(text).append('\n');
    }
}
