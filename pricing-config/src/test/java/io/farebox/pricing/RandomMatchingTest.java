package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Pricing;
import io.farebox.pricing.RouteMatch.Segment;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tree of segments against a slow matcher that looks at every route, on random tables and paths. */
class RandomMatchingTest {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "*");
    private static final List<String> LITERALS = List.of("a", "b", "C", "ü", "a.b");
    private static final List<String> PIECES =
            List.of("a", "A", "%61", "b", "c", "%63", "%c3%bc", "ü", "a.b", "z", "%zz", "");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final FareboxConfig template = Fixtures.routes("match: /t, price: \"$0.01\"", "match: /f, free: true");

    @Test
    void tree_findsWhatTheSlowMatcherFinds() {
        int priced = 0;
        for (int table = 0; table < 300; table++) {
            List<RouteConfig> routes = routes();
            PriceBook book = PriceBook.from(Fixtures.with(template, routes));
            for (int i = 0; i < 100; i++) {
                String method = METHODS.get(random.nextInt(3));
                String path = path();
                Pricing found = book.price(Fixtures.request(method, path));
                String why = "seed " + seed + ": " + method + " " + path + " in "
                        + routes.stream()
                                .map(each -> each.id() + "=" + each.match())
                                .toList();
                assertThat(name(found)).as(why).isEqualTo(slow(routes, method, segments(path)));
                if (found instanceof Pricing.Priced) priced++;
            }
        }
        assertThat(priced).as("seed " + seed).isGreaterThan(3_000);
    }

    private List<RouteConfig> routes() {
        List<RouteConfig> routes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int count = 1 + random.nextInt(14);
        for (int i = 0; i < count; i++) {
            RouteMatch match = match();
            if (!seen.add(match.method() + rank(match) + paths(match))) continue;
            RouteConfig like = template.routes().get(random.nextInt(3) == 0 ? 1 : 0);
            routes.add(Fixtures.with(like, "r" + i, match));
        }
        return routes;
    }

    private RouteMatch match() {
        List<Segment> segments = new ArrayList<>();
        int depth = random.nextInt(5);
        for (int i = 0; i < depth; i++) {
            segments.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new Segment.Variable("v" + i);
                        case 1 -> new Segment.One();
                        default -> new Segment.Literal(LITERALS.get(random.nextInt(LITERALS.size())));
                    });
        }
        if (random.nextInt(4) == 0) segments.add(new Segment.Rest());
        String method = METHODS.get(random.nextInt(METHODS.size()));
        return new RouteMatch(method.equals("*") ? null : method, segments);
    }

    private String path() {
        var path = new StringBuilder("/");
        int depth = random.nextInt(6);
        for (int i = 0; i < depth; i++)
            path.append(PIECES.get(random.nextInt(PIECES.size()))).append('/');
        return random.nextBoolean() || path.length() == 1 ? path.toString() : path.substring(0, path.length() - 1);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String piece : path.split("/")) {
            if (piece.isEmpty()) continue;
            String decoded = piece.contains("%zz") ? piece : URLDecoder.decode(piece, StandardCharsets.UTF_8);
            segments.add(decoded.toLowerCase(Locale.ROOT));
        }
        return segments;
    }

    private static String slow(List<RouteConfig> routes, String method, List<String> path) {
        RouteConfig best = null;
        for (RouteConfig route : routes) {
            if (!matches(route.match().segments(), path, 0) || methodRank(route, method) < 0) continue;
            if (best == null || order(route, best, method) < 0) best = route;
        }
        if (best != null) return best.isFree() ? "free " + best.id() : "priced " + best.id();
        for (RouteConfig route : routes) {
            if (!route.isFree() && matches(route.match().segments(), path, 0)) return "405";
        }
        return routes.stream().anyMatch(route -> isBelow(route, path)) ? "404" : "unpriced";
    }

    private static boolean isBelow(RouteConfig route, List<String> path) {
        List<Segment> segments = route.match().segments();
        return !route.isFree()
                && segments.stream().anyMatch(Segment.Literal.class::isInstance)
                && segments.stream().noneMatch(Segment.Rest.class::isInstance)
                && segments.size() < path.size()
                && matches(segments, path.subList(0, segments.size()), 0);
    }

    private static boolean matches(List<Segment> pattern, List<String> path, int at) {
        if (at == pattern.size()) return at == path.size();
        return switch (pattern.get(at)) {
            case Segment.Rest rest -> true;
            case Segment.Literal literal ->
                at < path.size()
                        && literal.text().toLowerCase(Locale.ROOT).equals(path.get(at))
                        && matches(pattern, path, at + 1);
            case Segment.Variable variable -> at < path.size() && matches(pattern, path, at + 1);
            case Segment.One one -> at < path.size() && matches(pattern, path, at + 1);
        };
    }

    private static int order(RouteConfig a, RouteConfig b, String method) {
        int byPath = rank(a.match()).compareTo(rank(b.match()));
        return byPath != 0 ? byPath : methodRank(a, method) - methodRank(b, method);
    }

    private static int methodRank(RouteConfig route, String method) {
        @Nullable String of = route.match().method();
        if (of == null) return 2;
        if (of.equals(method)) return 0;
        return of.equals("GET") && method.equals("HEAD") ? 1 : -1;
    }

    private static String rank(RouteMatch match) {
        var rank = new StringBuilder();
        for (Segment segment : match.segments()) {
            rank.append(
                    switch (segment) {
                        case Segment.Literal literal -> 0;
                        case Segment.Variable variable -> 1;
                        case Segment.One one -> 2;
                        case Segment.Rest rest -> 3;
                    });
        }
        return rank.toString();
    }

    private static String paths(RouteMatch match) {
        return match.path().toLowerCase(Locale.ROOT);
    }

    private static String name(Pricing pricing) {
        return switch (pricing) {
            case Pricing.Free free -> "free " + free.routeId();
            case Pricing.Priced priced -> "priced " + priced.offer().routeId();
            case Pricing.Unpriced unpriced -> "unpriced";
            case Pricing.Refuse refuse -> String.valueOf(refuse.status());
        };
    }
}
