package io.farebox.app.command.openapi;

import io.farebox.pricing.ConfigProblem;
import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.PricingConfigException;
import io.farebox.pricing.ProblemCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a price list, one for every operation of an OpenAPI 3 document. What is written has been through the reader of
 * price lists: a route that it refuses is left out, and its reason stands in the file.
 */
public final class OpenApiPrices {
    /** What an operation costs unless somebody says otherwise. */
    public static final String SUGGESTED_PRICE = "$0.01";

    private static final Pattern ROUTE = Pattern.compile("routes\\[([0-9]+)].*");
    private static final int MOST_ROUNDS = 5;
    private static final String NOTHING = "The document has no operation that a route could put a price on.";
    private static final String SOURCE = "the price list";

    private final String head;
    private final SpecNode document;
    private final List<String> notes;
    private List<RouteDraft> routes;

    private OpenApiPrices(String head, SpecNode document, List<RouteDraft> routes, List<String> notes) {
        this.head = head;
        this.document = document;
        this.routes = routes;
        this.notes = notes;
    }

    /**
     * Reads a document.
     *
     * @param price of every operation that is not free, with its unit
     * @param basePath stands before every path; null to take what the document's servers say
     * @param head the price list without its routes
     * @throws SpecException if no price list can be made of the document
     */
    public static OpenApiPrices read(Path file, String price, @Nullable String basePath, String head) {
        checkPrice(price, head);
        SpecNode document = SpecFile.read(file);
        checkVersion(document);
        var operations = new Operations(document, basePath);
        var ids = new RouteIds();
        List<RouteDraft> routes = operations.find().stream()
                .map(operation -> RouteDraft.of(operation, ids.of(operation), price))
                .toList();
        if (routes.isEmpty()) throw new SpecException(NOTHING);
        var prices = new OpenApiPrices(head, document, routes, operations.notes());
        prices.leaveOutWhatIsRefused();
        return prices;
    }

    /** Before the document is read, so that one slip is not reported as many. */
    private static void checkPrice(String price, String head) {
        var text = new StringBuilder(head).append("routes:\n");
        new RouteDraft("price", "", "/", price, "", List.of(), "").write(text);
        List<ConfigProblem> problems = problems(text.toString());
        if (problems.isEmpty() && !price.isEmpty()) return;
        String reason = problems.isEmpty() ? "is empty" : problems.getFirst().reason();
        throw new SpecException(
                "--price: \"" + PlainText.line(price, 80) + "\" " + reason + ". Write --price '$0.01'.");
    }

    private static void checkVersion(SpecNode document) {
        String version = document.get("openapi").text();
        if (version.startsWith("3.")) return;
        String swagger = document.get("swagger").text();
        if (!swagger.isEmpty()) {
            throw new SpecException("The document is Swagger " + PlainText.line(swagger, 20)
                    + ". Convert it to OpenAPI 3 first; editors and generators for OpenAPI can.");
        }
        throw new SpecException("The document is not OpenAPI 3: its first key should be openapi: 3.1.0 or the like.");
    }

    /** Our reader knows best what a route can say and which two routes are one. */
    private void leaveOutWhatIsRefused() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (routes.stream().allMatch(RouteDraft::isLeftOut)) throw new SpecException(NOTHING);
            List<ConfigProblem> problems = problems(head + text());
            if (problems.isEmpty()) return;
            List<RouteDraft> written = new ArrayList<>(
                    routes.stream().filter(route -> !route.isLeftOut()).toList());
            List<RouteDraft> all = new ArrayList<>(routes);
            for (ConfigProblem problem : problems) {
                Matcher place = ROUTE.matcher(problem.keyPath());
                if (!place.matches()) throw cannotBeWritten(problem);
                RouteDraft wrong = written.get(Integer.parseInt(place.group(1)));
                int index = all.indexOf(wrong);
                if (index >= 0) all.set(index, wrong.leftOut(problem.reason()));
            }
            routes = all;
        }
        throw new SpecException("No price list can be made of the document: its routes exclude each other.");
    }

    private SpecException cannotBeWritten(ConfigProblem problem) {
        if (problem.code() == ProblemCode.FILE_TOO_LARGE || problem.code() == ProblemCode.YAML_TOO_COMPLEX) {
            return new SpecException("The document has " + routes.size()
                    + " operations, and a route for each makes a price list of more than 1 MiB, which is not read."
                    + " Write one with a route for each prefix, such as /api/**: farebox init");
        }
        return new SpecException("No price list can be made of the document: " + problem);
    }

    private static List<ConfigProblem> problems(String text) {
        try {
            new ConfigReader(name -> null).readYaml(SOURCE, text);
            return List.of();
        } catch (PricingConfigException e) {
            return e.problems();
        }
    }

    /** The last part of the price list, from {@code unmatched} on. */
    public String text() {
        SpecNode info = document.get("info");
        var out = new StringBuilder();
        out.append("# From an OpenAPI document: ")
                .append(PlainText.line(
                        info.get("title").text() + " " + info.get("version").text(), 200))
                .append("""

                # What no route speaks of is refused (404), so that nothing is given away by mistake. pass lets it through.
                unmatched: refuse

                # One route for every operation. The prices are not known to the document: look at each of them.
                routes:
                """);
        notes.forEach(note -> RouteDraft.comment(note, out));
        routes.forEach(route -> route.write(out));
        return out.toString();
    }

    /** In a few words, for the person who asked for it. */
    public String summary() {
        long free = routes.stream()
                .filter(route -> route.isFree() && !route.isLeftOut())
                .count();
        long left = routes.stream().filter(RouteDraft::isLeftOut).count();
        String text = routes.size() - left + " routes, " + free + " of them free";
        return left == 0 && notes.isEmpty() ? text : text + "; something is left out, and comments in it say why";
    }
}
