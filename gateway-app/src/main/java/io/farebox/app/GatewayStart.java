package io.farebox.app;

import io.farebox.app.command.Commands;
import io.farebox.app.command.ConfigFile;
import io.farebox.app.command.ConfigFileException;
import io.farebox.app.command.Surroundings;
import io.farebox.settlement.boot.FareboxConfigured;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;

/**
 * Starts the gateway if there is a configuration that it can run with. A price list in a file is read before Spring is started:
 * what is wrong with it is told at once and as {@code check} tells it.
 */
final class GatewayStart implements Commands.Gateway {
    private static final String NOTHING_CONFIGURED = """
            Farebox has nothing to run with: there is no farebox.yaml here, and nothing else names a configuration.
              farebox init                                      writes a first farebox.yaml that runs at once, with play money
              farebox init --from openapi SPEC                  writes one for an API that has an OpenAPI document
              farebox gateway --farebox.config=/path/to/file    runs with a file that lies elsewhere; FAREBOX_CONFIG does too
            "farebox" stands for the script of that name, or for: java -jar farebox-gateway.jar""";

    private static final String OURS = "--farebox.";

    private final Surroundings here;

    GatewayStart(Surroundings here) {
        this.here = here;
    }

    /** Spring's users expect that an option goes before a file. Prices come from one place, so it is told before anything starts. */
    private static void refuseIgnored(ConfigFile file, List<String> arguments) {
        for (String argument : arguments) {
            String option = argument.split("=", 2)[0];
            if (!option.startsWith(OURS) || option.equals(ConfigFile.OPTION)) continue;
            String key = option.substring(OURS.length());
            throw new ConfigFileException(option + " does nothing here: the gateway runs with " + file.path()
                    + ", and all that is below farebox is taken from that file. Write " + key
                    + " there, with ${NAME} for what"
                    + " changes from one place to another.");
        }
    }

    @Override
    public OptionalInt start(List<String> arguments) {
        Optional<ConfigFile> file = ConfigFile.forGateway(arguments, here);
        file.ifPresent(each -> refuseIgnored(each, arguments));
        file.ifPresent(each -> each.read(here));
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        // Weaker than every other way to name it, so that an application.yml of the owner's holds.
        file.ifPresent(each -> application.setDefaultProperties(
                Map.of("farebox.config", each.path().toString())));
        application.addListeners((ApplicationEnvironmentPreparedEvent event) -> {
            if (!FareboxConfigured.in(event.getEnvironment())) throw new AbandonedRunException();
        });
        try {
            application.run(arguments.toArray(String[]::new));
            return OptionalInt.empty();
        } catch (AbandonedRunException e) {
            here.err().println(NOTHING_CONFIGURED);
            return OptionalInt.of(Commands.WRONG);
        }
    }
}
