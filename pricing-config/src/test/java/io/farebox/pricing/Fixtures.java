package io.farebox.pricing;

import io.farebox.gate.GateRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configurations and requests that tests begin with. */
final class Fixtures {
    static final String PAY_TO = "0x1E4b6e5c8e3f4B0DB5b4bC0b4B2D9A5C6e7f8091";
    static final String SOLANA_PAY_TO = "7Q2afV64in6N6SeZsAAB81TJzwDoD6zpqmHkzi9Dcavn";
    static final Map<String, String> ENVIRONMENT =
            Map.of("EMPTY", "", "KEY", "a-key-of-some-length", "BASE_RPC", "https://rpc.example.com/v1/secret-key");

    private static final String HEAD = """
            public-url: https://api.example.com
            pay-to: { eip155: "%s", solana: "%s" }
            accept: [base/USDC]
            facilitators: [{ id: payai, url: https://facilitator.payai.network }]
            """.formatted(PAY_TO, SOLANA_PAY_TO);

    private Fixtures() {}

    static ConfigReader reader() {
        return new ConfigReader(ENVIRONMENT::get);
    }

    /** A configuration with these routes, each the inside of a flow mapping without its id. */
    static FareboxConfig routes(String... routes) {
        return withRoot("", routes);
    }

    static FareboxConfig withRoot(String root, String... routes) {
        var yaml = new StringBuilder(HEAD).append(root).append("\nroutes:\n");
        for (int i = 0; i < routes.length; i++) {
            yaml.append("  - { id: r").append(i).append(", ").append(routes[i]).append(" }\n");
        }
        return reader().readYaml("test.yaml", yaml.toString());
    }

    static FareboxConfig with(FareboxConfig config, List<RouteConfig> routes) {
        return new FareboxConfig(
                config.publicUrl(),
                config.mode(),
                config.upstream(),
                config.payTo(),
                config.accept(),
                config.facilitators(),
                config.networks(),
                config.networkTable(),
                config.secret(),
                config.corsOrigins(),
                config.bookUrl(),
                config.claims(),
                config.retention(),
                config.admin(),
                config.unmatched(),
                config.v1Networks(),
                config.settleWait(),
                config.transfers(),
                config.tokens(),
                config.manifest(),
                routes,
                config.warnings());
    }

    static RouteConfig with(RouteConfig route, String id, RouteMatch match) {
        return new RouteConfig(
                id,
                match,
                route.prices(),
                route.options(),
                route.facilitators(),
                route.description(),
                route.mimeType(),
                route.flow(),
                route.timeout(),
                route.chargeBelow(),
                route.verifyLocal(),
                route.freeForAuthenticated(),
                route.listed(),
                route.discovery(),
                route.bundle());
    }

    static List<Path> resources(String folder) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Request get(String target) {
        return request("GET", target);
    }

    static Request request(String method, String target) {
        int mark = target.indexOf('?');
        if (mark < 0) return new Request(method, target, null, Map.of());
        return new Request(method, target.substring(0, mark), target.substring(mark + 1), Map.of());
    }

    /** A request as tests make it. */
    record Request(String method, String path, @Nullable String query, Map<String, List<String>> all)
            implements GateRequest {
        Request with(String header, String... values) {
            Map<String, List<String>> more = new LinkedHashMap<>(all);
            more.put(header, List.of(values));
            return new Request(method, path, query, more);
        }

        @Override
        public @Nullable String header(String name) {
            List<String> values = headers(name);
            return values.isEmpty() ? null : values.get(0);
        }

        @Override
        public List<String> headers(String name) {
            List<String> found = new ArrayList<>();
            all.forEach((key, values) -> {
                if (key.equalsIgnoreCase(name)) found.addAll(values);
            });
            return found;
        }
    }
}
