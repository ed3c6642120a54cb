package io.farebox.app.probe;

import io.farebox.gate.Mode;
import io.farebox.gate.RequestFirewall;
import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FareboxConfig;
import io.farebox.probe.ProbePlan;
import io.farebox.probe.ProbePlan.Manner;
import io.farebox.probe.ProbePlan.Routes;
import io.farebox.probe.ProbePlan.Site;
import io.farebox.probe.corpus.Corpus;
import io.farebox.probe.wire.Address;
import java.io.PrintStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a plan of the options and the price list, if it is the owner's business to carry it out. */
final class PlanMaker {
    private final Options options;
    private final @Nullable FareboxConfig config;

    private PlanMaker(Options options, @Nullable FareboxConfig config) {
        this.options = options;
        this.config = config;
    }

    /**
     * The plan.
     *
     * @param err takes a warning
     * @throws UsageException if the options do not fit together, or a host seems to be somebody else's
     * @throws io.farebox.pricing.PricingConfigException if the price list is wrong
     */
    static ProbePlan plan(Options options, PrintStream err) throws UsageException {
        Path file = file(options);
        FareboxConfig config = file == null ? null : ConfigReader.ofProcess().readFile(file);
        if (config != null && config.mode() != Mode.ENFORCE) {
            err.println("mode is " + config.mode().name().toLowerCase(Locale.ROOT)
                    + " in the price list: a deployment in this mode serves everything.");
        }
        return new PlanMaker(options, config).plan();
    }

    private static @Nullable Path file(Options options) {
        if (options.config != null) return options.config;
        String named = System.getenv("FAREBOX_CONFIG");
        if (named != null && !named.isBlank()) return Path.of(named);
        Path usual = Path.of("farebox.yaml");
        return options.paths.isEmpty() && Files.exists(usual) ? usual : null;
    }

    private ProbePlan plan() throws UsageException {
        URI url = Objects.requireNonNull(options.gateway);
        String prefix = prefix(url);
        Address gateway = address(url);
        Address upstream = options.upstream == null ? null : address(options.upstream);
        if (options.upstream != null && !prefix(options.upstream).isEmpty()) {
            if (!prefix(options.upstream).equals(prefix)) {
                throw new UsageException(
                        "--upstream has a path of its own. The same targets are sent to both: leave it off.");
            }
        }
        List<Address> closed = new ArrayList<>();
        for (URI each : options.closed) closed.add(address(each));
        Routes routes = routes(gateway, prefix);
        Manner manner = new Manner(options.headers, options.rate, options.timeout, options.longest);
        var extent = new Corpus.Extent(options.requests, options.seed, options.unsafe);
        return new ProbePlan(new Site(gateway, upstream, closed, prefix), routes, manner, extent);
    }

    private Routes routes(Address gateway, String prefix) throws UsageException {
        var routes = new PricedRoutes(options, gateway.authority(), prefix);
        return config == null ? routes.named() : routes.configured(config);
    }

    private static String prefix(URI url) throws UsageException {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (prefix.isEmpty() || RequestFirewall.check("GET", prefix, null, 1) == null) return prefix;
        throw new UsageException(
                "The path of " + url + " is not plain. Write it without dot segments and doubled slashes.");
    }

    private Address address(URI url) throws UsageException {
        try {
            Address address = Address.of(url);
            if (address.isNear() || options.mine || isConfigured(address.host())) return address;
            throw new UsageException(
                    "Whose is " + address.host() + "? It is neither near (loopback, private network) nor named"
                            + " in the price list (public-url, upstream.url). A probe sends thousands of odd requests: add --mine if"
                            + " the host is yours.");
        } catch (UnknownHostException e) {
            throw new UsageException("The host of " + url + " is not known here. Check its spelling.");
        }
    }

    private boolean isConfigured(String host) {
        if (config == null) return false;
        URI upstream = config.upstream();
        return host.equalsIgnoreCase(config.publicUrl().getHost())
                || upstream != null && host.equalsIgnoreCase(upstream.getHost());
    }
}
