package io.farebox.app.command;

import io.farebox.app.probe.ProbeCommand;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The commands by their names. They start no Spring, so they answer at once; only the gateway itself does. Used by one thread.
 */
public final class Commands {
    /** Something is wrong with what was typed, or with a file. */
    public static final int WRONG = 2;

    private final Surroundings here;
    private final Gateway gateway;

    /** Runs the gateway. */
    @FunctionalInterface
    public interface Gateway {
        /**
         * Starts it with the arguments of Spring Boot.
         *
         * @return empty once it runs, or the exit code if it cannot
         * @throws ConfigFileException if its price list cannot be used
         */
        OptionalInt start(List<String> arguments);
    }

    public Commands(Surroundings here, Gateway gateway) {
        this.here = here;
        this.gateway = gateway;
    }

    /** Does what a command line says. Answers the exit code; empty if the process is to go on, because the gateway runs. */
    public OptionalInt run(List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        boolean named = !first.isEmpty() && !first.startsWith("-");
        List<String> rest = named ? arguments.subList(1, arguments.size()) : arguments;
        try {
            return switch (first) {
                case "check" -> OptionalInt.of(new CheckCommand(here).run(rest));
                case "init" -> OptionalInt.of(new InitCommand(here).run(rest));
                case "payments" -> OptionalInt.of(new PaymentsCommand(here).run(rest));
                case "balances" -> OptionalInt.of(new BalancesCommand(here).run(rest));
                case "audit" -> OptionalInt.of(new AuditCommand(here).run(rest));
                case "expect" -> OptionalInt.of(new ExpectCommand(here).run(rest));
                case "inject" -> new InjectCommand(here).run(rest);
                case "probe" -> OptionalInt.of(ProbeCommand.run(rest, here.out(), here.err()));
                case "help", "--help", "-h" -> help();
                case "version", "--version" -> version();
                case "gateway" -> gateway(rest);
                default -> named ? unknown(first) : gateway(rest);
            };
        } catch (UsageException e) {
            return wrong(e.getMessage() + " The whole of what there is: farebox help");
        } catch (ConfigFileException e) {
            return wrong(e.getMessage());
        }
    }

    /** Boot would ignore a word, and with it the port that was meant by {@code --server.port 80}. */
    private OptionalInt gateway(List<String> arguments) {
        for (String argument : arguments) {
            if (argument.startsWith("--")) continue;
            String mend = argument.startsWith("-D") ? " Java's own options stand before -jar." : "";
            throw new UsageException("\"" + argument + "\" is no option: those of the gateway are --key=value." + mend);
        }
        return gateway.start(arguments);
    }

    private OptionalInt help() {
        here.out().print(Resources.text("usage.txt"));
        return OptionalInt.of(0);
    }

    private OptionalInt version() {
        String version = Optional.ofNullable(Commands.class.getPackage().getImplementationVersion())
                .orElse("of a build folder");
        here.out().println("Farebox " + version + ", Java " + Runtime.version());
        return OptionalInt.of(0);
    }

    private OptionalInt unknown(String command) {
        here.err().println("\"" + command + "\" is no command. There are these:");
        here.err().println();
        here.err().print(Resources.text("usage.txt"));
        return OptionalInt.of(WRONG);
    }

    private OptionalInt wrong(@Nullable String message) {
        here.err().println(message);
        return OptionalInt.of(WRONG);
    }
}
