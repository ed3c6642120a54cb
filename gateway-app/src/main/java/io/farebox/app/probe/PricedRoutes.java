package io.farebox.app.probe;

import io.farebox.gate.GateRequest;
import io.farebox.gate.Pricing;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;
import io.farebox.pricing.RouteConfig;
import io.farebox.pricing.RouteMatch;
import io.farebox.pricing.RouteMatch.Segment;
import io.farebox.probe.ProbePlan.Routes;
import io.farebox.probe.ProbePlan.Skipped;
import io.farebox.probe.corpus.Aim;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a price list into what to aim at: an example for every priced route, and the free paths to come in by. */
final class PricedRoutes {
    /** What most likely exists where a path names something. */
    private static final String EXAMPLE = "1";

    private final Options options;
    private final String authority;
    private final String prefix;
    private final List<String> free = new ArrayList<>();
    private final Map<String, List<String>> examples = new LinkedHashMap<>();
    private final List<Aim> aims = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    PricedRoutes(Options options, String authority, String prefix) {
        this.options = options;
        this.authority = authority;
        this.prefix = prefix;
        options.free.forEach(path -> free.add(prefix + path));
    }

    /** Without a price list: the paths that were named, priced for {@code GET}. */
    Routes named() throws UsageException {
        if (options.paths.isEmpty()) {
            throw new UsageException(
                    "What is priced there? Name the price list (--config farebox.yaml), or priced paths (--path /exploits).");
        }
        for (String path : options.paths) aim(path, "GET", path);
        return new Routes(aims, skipped, free, null, options.markers);
    }

    /** With a price list. */
    Routes configured(FareboxConfig config) throws UsageException {
        PriceBook book = PriceBook.from(config);
        for (String path : options.paths) example(path, book);
        for (RouteConfig route : config.routes()) if (route.isFree()) free(route.match());
        for (RouteConfig route : config.routes()) if (!route.isFree()) priced(route);
        if (aims.isEmpty()) throw new UsageException("Nothing is left to probe: " + reasons());
        return new Routes(aims, skipped, free, book, options.markers);
    }

    private String reasons() {
        if (skipped.isEmpty()) return "the price list has no priced route.";
        return skipped.stream().map(each -> each.id() + ": " + each.why()).collect(Collectors.joining("; ", "", "."));
    }

    private void example(String path, PriceBook book) throws UsageException {
        String id = routeOf(path, book, "GET");
        if (id == null && options.unsafe) id = routeOf(path, book, "POST");
        if (id == null) {
            throw new UsageException("--path " + path
                    + " has no price in this price list. Check its spelling; name free" + " paths with --free.");
        }
        examples.computeIfAbsent(id, key -> new ArrayList<>()).add(path);
    }

    private static @Nullable String routeOf(String path, PriceBook book, String method) {
        return book.price(new Plain(method, path)) instanceof Pricing.Priced priced
                ? priced.offer().routeId()
                : null;
    }

    private void priced(RouteConfig route) {
        String method = route.match().method() == null ? "GET" : route.match().method();
        if (route.freeForAuthenticated() && !options.headers.isEmpty()) {
            skipped.add(new Skipped(route.id(), "free-for: authenticated, and --header may authenticate"));
        } else if (!method.equals("GET") && !options.unsafe) {
            skipped.add(new Skipped(route.id(), method + " may change something; see --unsafe-methods"));
        } else {
            List<String> paths = examples.getOrDefault(route.id(), List.of(example(route.match())));
            for (int i = 0; i < paths.size(); i++) {
                aim(i == 0 ? route.id() : route.id() + "#" + (i + 1), method, paths.get(i));
            }
        }
    }

    private void aim(String id, String method, String path) {
        aims.add(new Aim(id, method, prefix + path, free, authority));
    }

    private void free(RouteMatch match) {
        if (match.method() != null && !match.method().equals("GET")) return;
        String path = prefix + example(match);
        if (!free.contains(path)) free.add(path);
    }

    private static String example(RouteMatch match) {
        return match.segments().stream()
                .filter(segment -> !(segment instanceof Segment.Rest))
                .map(segment -> segment instanceof Segment.Literal literal ? encoded(literal.text()) : EXAMPLE)
                .collect(Collectors.joining("/", "/", ""));
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~!$&'()*+,=:@".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }

    /** A request with nothing but a path. */
    private record Plain(String method, String path) implements GateRequest {
        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }
    }
}
