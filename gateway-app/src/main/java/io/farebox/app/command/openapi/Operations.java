package io.farebox.app.command.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the operations of a document, and notes what is not found because the document does not hold it. */
final class Operations {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");
    private static final int LONGEST_TEXT = 160;
    private static final int MOST = 20_000;

    private final SpecNode document;
    private final @Nullable String basePath;
    private final List<Operation> found = new ArrayList<>();
    private final Set<String> otherBasePaths = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();

    /** @param basePath stands before every path; null to take what the document's servers say */
    Operations(SpecNode document, @Nullable String basePath) {
        this.document = document;
        this.basePath = basePath == null ? null : BasePaths.plain(basePath);
    }

    /** In the order of the document. @throws SpecException if it has no paths */
    List<Operation> find() {
        SpecNode paths = document.get("paths");
        if (!paths.isSection())
            throw new SpecException("The document has no paths, so there is nothing to put a price on.");
        paths.entries().forEach((path, item) -> {
            if (!path.startsWith("x-")) path(path, item);
        });
        if (!otherBasePaths.isEmpty()) {
            notes.add("The document names other base paths too, which have no prices here: "
                    + PlainText.line(String.join(" ", otherBasePaths), 300));
        }
        return found;
    }

    /** What a person should know, in lines. */
    List<String> notes() {
        return notes;
    }

    private void path(String path, SpecNode item) {
        SpecNode target = item.resolved(document);
        if (target == null) {
            notes.add("Left out, because it is described elsewhere and only this document is read: "
                    + PlainText.line(path + " ($ref: " + item.get("$ref").text() + ")", 300));
        }
        Map<String, SpecNode> members = new LinkedHashMap<>();
        if (target != null) members.putAll(target.entries());
        members.putAll(item.entries());
        SpecNode whole = new SpecNode(members(members));
        members.forEach((key, operation) -> {
            if (METHODS.contains(key.toLowerCase(Locale.ROOT))) operation(key, path, whole, operation);
        });
        whole.get("additionalOperations")
                .entries()
                .forEach((method, operation) -> operation(method, path, whole, operation));
    }

    private static Map<String, @Nullable Object> members(Map<String, SpecNode> nodes) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        nodes.forEach((key, node) -> members.put(key, node.value()));
        return members;
    }

    private void operation(String method, String path, SpecNode item, SpecNode operation) {
        String verb = method.toUpperCase(Locale.ROOT);
        if (found.size() == MOST) {
            throw new SpecException("The document has more than " + MOST
                    + " operations. Write a price list with a route for each prefix, such as /api/**: farebox init");
        }
        // What a GET costs, its HEAD costs.
        if (verb.equals("HEAD") && item.get("get").isSection()) return;
        found.add(new Operation(
                verb,
                base(item, operation),
                path.startsWith("/") ? path : "/" + path,
                operation.get("operationId").text(),
                text(operation, item),
                operation.get("deprecated").isTrue(),
                QueryChoices.of(document, item, operation)));
    }

    private String base(SpecNode item, SpecNode operation) {
        if (basePath != null) return basePath;
        Set<String> all = BasePaths.of(BasePaths.servers(List.of(operation, item, document)));
        String first = all.iterator().next();
        all.stream()
                .filter(each -> !each.equals(first))
                .forEach(each -> otherBasePaths.add(each.isEmpty() ? "/" : each));
        return first;
    }

    private static String text(SpecNode operation, SpecNode item) {
        for (SpecNode each : List.of(operation, item)) {
            for (String key : List.of("summary", "description")) {
                String text = each.get(key).text().strip();
                // Of several paragraphs the first one says what it is.
                String line = PlainText.line(text.split("\\R\\s*\\R", 2)[0], LONGEST_TEXT);
                if (!line.isEmpty()) return line;
            }
        }
        return "";
    }
}
