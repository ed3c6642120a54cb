package io.farebox.gate;

import io.farebox.x402.Discovery;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.json.Json;
import io.farebox.x402.v2.V2Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /.well-known/x402}: what is for sale here. There is no standard for it. {@code version} and {@code resources} are what
 * x402scan reads there ({@code docs/DISCOVERY.md} of its repository); {@code items} follow the draft {@code
 * specs/extensions/well-known-discovery.md} of the x402 repository. Rendered once per catalogue.
 */
final class Manifest {
    /** Longer ones are cut off between two routes. */
    static final int MAX_LENGTH = 1 << 20;

    private static final System.Logger LOG = System.getLogger(Manifest.class.getName());
    private static final List<Header> HEADERS = List.of(
            new Header("Content-Type", "application/json"),
            new Header("Cache-Control", "public, max-age=60"),
            new Header("Vary", "Origin"));

    private final V2Codec v2;
    private volatile @Nullable Rendered rendered;

    Manifest(V2Codec v2) {
        this.v2 = v2;
    }

    private static final class Rendered {
        private final Catalogue of;
        private final Template template;
        private volatile @Nullable Last last;

        private Rendered(Catalogue of, String json) {
            this.of = of;
            this.template = new Template(json);
        }

        /** For one URL: an application is nearly always asked under one. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Last(String url, byte[] body) {}

        byte[] body(String url, String base) {
            Last known = last;
            if (known != null && known.url().equals(url)) return known.body();
            byte[] body = template.fill(url, "", base);
            last = new Last(url, body);
            return body;
        }
    }

    static boolean isAskedFor(GateRequest request) {
        return request.path().equals(Catalogue.PATH)
                && (request.method().equals("GET") || request.method().equals("HEAD"));
    }

    /**
     * @param url what stands before a route's own path in its URLs
     * @param base the path of that URL
     */
    GateResponse answer(Catalogue catalogue, String url, String base, List<Header> cors, Instant now) {
        Rendered known = rendered;
        if (known == null || known.of != catalogue) {
            known = new Rendered(catalogue, render(catalogue, now));
            rendered = known;
        }
        List<Header> headers = new ArrayList<>(HEADERS);
        headers.addAll(cors);
        return new GateResponse(200, headers, known.body(url, base));
    }

    private String render(Catalogue catalogue, Instant now) {
        Set<String> urls = new LinkedHashSet<>();
        List<Object> items = new ArrayList<>();
        int length = 0;
        for (Catalogue.Item item : catalogue.items()) {
            Map<String, Object> shown = item(item);
            length += Json.write(shown).length();
            if (length > MAX_LENGTH) {
                int left = catalogue.items().size() - items.size();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the manifest would pass 1 MiB, so the last {0} routes are not in it",
                        left);
                break;
            }
            items.add(shown);
            urls.add(Template.URL + item.path());
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("version", 1);
        out.put("x402Version", 2);
        out.put("lastUpdated", now.getEpochSecond());
        out.put("resources", urls);
        out.put("items", items);
        return Json.write(out);
    }

    private Map<String, Object> item(Catalogue.Item item) {
        Offer offer = item.offer();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(
                "resource",
                v2.resource(new ResourceInfo(Template.URL + item.path(), offer.description(), offer.mimeType())));
        out.put("type", "http");
        out.put("accepts", offer.accepts().stream().map(v2::requirements).toList());
        out.put("input", input(item));
        Discovery discovery = offer.discovery();
        if (discovery != null && discovery.output() != null) out.put("output", output(offer, discovery.output()));
        return out;
    }

    private static Map<String, Object> input(Catalogue.Item item) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("method", item.method());
        if (item.path().contains(":") || item.path().contains("*"))
            input.put("routeTemplate", Template.BASE + item.path());
        Discovery discovery = item.offer().discovery();
        if (discovery == null) return input;
        if (discovery.path() != null) input.put("pathParams", schema(discovery.path()));
        if (discovery.query() != null) input.put("queryParams", schema(discovery.query()));
        if (discovery.body() != null) {
            input.put("bodyType", discovery.body().type());
            input.put("body", schema(discovery.body().content()));
        }
        return input;
    }

    private static Map<String, Object> output(Offer offer, Discovery.Output output) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (!offer.mimeType().isEmpty()) out.put("mimeType", offer.mimeType());
        if (output.content().example() != null)
            out.put("example", output.content().example());
        if (!output.content().schema().isEmpty())
            out.put("schema", output.content().schema());
        return out;
    }

    /** JSON Schema has a place for examples. */
    private static Map<String, Object> schema(Discovery.Part part) {
        Map<String, Object> schema = new LinkedHashMap<>(part.typedSchema());
        if (part.example() != null) schema.putIfAbsent("examples", List.of(part.example()));
        return schema;
    }
}
