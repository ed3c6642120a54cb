package io.farebox.app.command;

import io.farebox.pricing.Completion;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;
import io.farebox.x402.PaymentRequirements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code check [file]}: tells everything that is wrong with a price list, or prints what every route costs. */
final class CheckCommand {
    /** Solana is offered once a facilitator has named its fee payer. Nobody is asked here, and the listing shows no payer. */
    private static final Completion AS_IF_ASKED = (requirements, route) ->
            Optional.of(requirements.network().isSolana() ? withFeePayer(requirements) : requirements);

    private final Surroundings here;

    CheckCommand(Surroundings here) {
        this.here = here;
    }

    /** Exit code 0 if nothing is wrong, 2 otherwise. */
    int run(List<String> arguments) {
        Options options =
                Options.read(arguments, Set.of(), Set.of(ConfigFile.OPTION)).atMost(1);
        ConfigFile file = ConfigFile.of(options, 0, here);
        FareboxConfig config = file.read(here);
        PriceBook book = PriceBook.from(config, AS_IF_ASKED);
        book.routes().stream()
                .flatMap(route -> route.lines(config.networkTable()).stream())
                .forEach(here.out()::println);
        book.warnings().forEach(warning -> here.err().println("Warning: " + warning));
        here.err().println("Nothing is wrong with " + file.path() + ". Facilitators and upstream were not asked.");
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
