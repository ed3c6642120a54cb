package io.farebox.app.command;

import io.farebox.pricing.Completion;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;
import io.farebox.pricing.PriceDiff;
import io.farebox.x402.PaymentRequirements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code check [file]}: tells everything that is wrong with a price list, or prints what every route costs. {@code check --dry-run
 * file}: prints what would change if the file took the place of the one that the gateway runs with.
 */
final class CheckCommand {
    /** Solana is offered once a facilitator has named its fee payer. Nobody is asked here, and the listing shows no payer. */
    private static final Completion AS_IF_ASKED = (requirements, route) ->
            Optional.of(requirements.network().isSolana() ? withFeePayer(requirements) : requirements);

    private static final String DRY_RUN = "--dry-run";
    private static final String NO_UPSTREAM =
            "Note: upstream.url is not set. The gateway starts only with it, such as upstream: { url: http://127.0.0.1:8080 }, or with"
                    + " routes of Spring Cloud Gateway; a filter in an application needs neither.";

    private final Surroundings here;

    CheckCommand(Surroundings here) {
        this.here = here;
    }

    /** Exit code 0 if nothing is wrong, 2 otherwise. */
    int run(List<String> arguments) {
        Options options = Options.read(arguments, Set.of(DRY_RUN), Set.of(ConfigFile.OPTION))
                .atMost(1);
        ConfigFile file = ConfigFile.of(options, 0, here);
        FareboxConfig config = file.read(here);
        if (options.has(DRY_RUN)) return dryRun(options, config);
        PriceBook book = PriceBook.from(config, AS_IF_ASKED);
        book.routes().stream()
                .flatMap(route -> route.lines(config.networkTable()).stream())
                .forEach(here.out()::println);
        book.warnings().forEach(warning -> here.err().println("Warning: " + warning));
        if (config.upstream() == null) here.err().println(NO_UPSTREAM);
        here.err().println("Nothing is wrong with " + file.path() + ". Facilitators and upstream were not asked.");
        return 0;
    }

    private int dryRun(Options options, FareboxConfig after) {
        if (options.words().isEmpty()) {
            throw new UsageException(DRY_RUN + " needs the file that is to take the place of the one in use.");
        }
        ConfigFile inUse = ConfigFile.of(options.values().get(ConfigFile.OPTION), here);
        PriceDiff diff = PriceDiff.between(inUse.read(here), after);
        diff.changes().forEach(here.out()::println);
        if (!diff.restartKeys().isEmpty()) {
            here.out()
                    .println("needs a restart, and until then nothing is taken over: "
                            + String.join(", ", diff.restartKeys()));
        }
        if (diff.isEmpty()) here.out().println("nothing changes");
        here.err().println("Compared with " + inUse.path() + ". Nothing was changed.");
        return 0;
    }

    private static PaymentRequirements withFeePayer(PaymentRequirements requirements) {
        Map<String, Object> extra = new HashMap<>(requirements.extra());
        extra.put("feePayer", "");
        return new PaymentRequirements(
                requirements.scheme(),
                requirements.network(),
                requirements.amount(),
                requirements.asset(),
                requirements.payTo(),
                requirements.maxTimeoutSeconds(),
                extra);
    }
}
