package io.farebox.app;

import io.farebox.app.command.Commands;
import io.farebox.app.command.Surroundings;
import java.util.List;
import java.util.OptionalInt;

/** Where {@code java -jar farebox-gateway.jar} begins: a command, or the gateway itself. */
final class Main {
    private Main() {}

    /** Ends the process with the exit code of a command; returns if the gateway runs. */
    public static void main(String[] arguments) {
        Surroundings here = Surroundings.ofProcess();
        OptionalInt code = new Commands(here, new GatewayStart(here)).run(List.of(arguments));
        here.out().flush();
        if (code.isPresent()) System.exit(code.getAsInt());
    }
}
