package io.farebox.app.command;

import io.farebox.app.command.audit.Audit;
import io.farebox.app.command.audit.AuditReport;
import io.farebox.app.command.audit.AuditText;
import io.farebox.app.command.audit.DeskBook;
import io.farebox.app.command.audit.WebChain;
import io.farebox.app.command.desk.DeskAddress;
import io.farebox.app.command.desk.DeskClient;
import io.farebox.app.command.desk.DeskException;
import io.farebox.app.command.desk.Units;
import io.farebox.chain.lookup.ChainSettings;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.chain.lookup.PaidTransfers;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.NetworkInfo;
import io.farebox.pricing.NetworkSettings;
import io.farebox.pricing.PayOption;
import io.farebox.pricing.Secret;
import io.farebox.x402.Network;
import io.farebox.x402.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code audit}: rebuilds from the chain what came in, and holds the book of a running gateway against it. */
final class AuditCommand {
    /** Something differs that nothing explains. */
    static final int DIFFERS = 3;

    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final String SINCE = "--since";
    private static final String NETWORK = "--network";

    private static final Duration DAY = Duration.ofDays(1);

    private final Surroundings here;

    AuditCommand(Surroundings here) {
        this.here = here;
    }

    /** Exit code 0 if book and chain agree, 3 if they do not, 1 if one of them could not be read. */
    int run(List<String> arguments) {
        Options options = Options.read(
                        arguments,
                        Set.of(PaymentsCommand.JSON),
                        Set.of(PaymentsCommand.URL, FROM, TO, SINCE, NETWORK, ConfigFile.OPTION))
                .atMost(0);
        if (options.has(FROM) && options.has(SINCE)) throw new UsageException("Either " + FROM + " or " + SINCE + ".");
        FareboxConfig config =
                ConfigFile.of(options.values().get(ConfigFile.OPTION), here).read(here);
        try (DeskClient desk =
                new DeskClient(DeskAddress.of(options.values().get(PaymentsCommand.URL), here.variables()))) {
            List<AuditReport> reports = new ArrayList<>();
            for (Network network : networks(options, config)) reports.add(audit(network, options, config, desk));
            print(reports, options, config);
            return reports.stream().allMatch(AuditReport::isExplained) ? 0 : DIFFERS;
        } catch (DeskException | ChainUnreadableException e) {
            here.err().println(e.getMessage());
            return PaymentsCommand.REFUSED;
        }
    }

    private List<Network> networks(Options options, FareboxConfig config) {
        Map<String, Network> paid = new TreeMap<>();
        options(config)
                .forEach(option -> paid.put(
                        option.asset().network().caip2(), option.asset().network()));
        String wanted = options.values().get(NETWORK);
        if (wanted != null) return List.of(network(wanted, config));
        List<Network> known = new ArrayList<>();
        for (Network network : paid.values()) {
            if (!config.settings(network).rpc().isEmpty() && network.isEvm()) known.add(network);
            else here.err().println(units(config).network(network.caip2()) + " is left out: " + why(network));
        }
        if (known.isEmpty()) throw new UsageException("There is no network to audit: none has networks.*.rpc.");
        return known;
    }

    private static String why(Network network) {
        return network.isEvm() ? "networks.*.rpc names no node of it." : "only EVM chains are audited.";
    }

    private static Network network(String text, FareboxConfig config) {
        Optional<Network> network = config.networkTable().find(text).map(NetworkInfo::network);
        if (network.isEmpty()) throw new UsageException("\"" + text + "\" is no network that is known here.");
        if (!network.get().isEvm() || config.settings(network.get()).rpc().isEmpty())
            throw new UsageException(text + " cannot be audited: " + why(network.get()));
        return network.get();
    }

    private static List<PayOption> options(FareboxConfig config) {
        return config.routes().stream()
                .flatMap(route -> route.options().stream())
                .toList();
    }

    private AuditReport audit(Network network, Options options, FareboxConfig config, DeskClient desk)
            throws ChainUnreadableException {
        NetworkSettings settings = config.settings(network);
        List<String> urls = settings.rpc().stream().map(Secret::reveal).toList();
        try (PaidTransfers chain = new PaidTransfers(network, new ChainSettings(urls, settings.confirmations()))) {
            long newest = chain.newestThatCounts();
            long to = options.has(TO) ? Math.min(newest, block(options, TO)) : newest;
            long from = options.has(FROM) ? block(options, FROM) : chain.firstSince(since(options), newest);
            if (from > to) throw new UsageException("There is no block from " + from + " to " + to + ".");
            Instant begin = from == 0 ? Instant.EPOCH : chain.timeOf(from);
            Instant end = to == newest ? Instant.now() : chain.timeOf(to).plusSeconds(1);
            var scope =
                    new Audit.Scope(network, assets(network, config), payees(network, config), from, to, begin, end);
            return new Audit(scope, new DeskBook(desk), new WebChain(chain, from, to)).run();
        }
    }

    private static Set<String> assets(Network network, FareboxConfig config) {
        return options(config).stream()
                .filter(option -> option.asset().network().equals(network))
                .map(option -> option.asset().address().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> payees(Network network, FareboxConfig config) {
        return options(config).stream()
                .filter(option -> option.asset().network().equals(network))
                .map(option -> option.payTo().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long block(Options options, String option) {
        String text = options.values().getOrDefault(option, "");
        if (!text.matches("0|[1-9][0-9]{0,14}")) throw new UsageException(option + " is the number of a block.");
        return Long.parseLong(text);
    }

    private static Instant since(Options options) {
        String text = options.values().get(SINCE);
        if (text == null) return Instant.now().minus(DAY);
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new UsageException(SINCE + " is written 2026-11-20 or 2026-11-20T12:00:00Z.");
        }
    }

    private static Units units(FareboxConfig config) {
        return new Units(config.networkTable());
    }

    private void print(List<AuditReport> reports, Options options, FareboxConfig config) {
        if (options.has(PaymentsCommand.JSON)) {
            here.out()
                    .println(Json.write(Map.of(
                            "audits", reports.stream().map(AuditText::json).toList())));
            return;
        }
        AuditText text = new AuditText(units(config));
        reports.forEach(report -> text.lines(report).forEach(here.out()::println));
        boolean explained = reports.stream().allMatch(AuditReport::isExplained);
        here.out().println(explained ? "Book and chain agree." : "Book and chain do not agree.");
    }
}
