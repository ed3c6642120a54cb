package io.farebox.app.command;

import io.farebox.app.inject.Admission;
import io.farebox.app.inject.InjectException;
import io.farebox.app.inject.SidecarTemplate;
import io.farebox.app.inject.WebhookServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** {@code inject}: serves the admission webhook that gives pods a sidecar, until the process is stopped. */
final class InjectCommand {
    private static final String TEMPLATE = "--template";
    private static final String CERTIFICATE = "--certificate";
    private static final String KEY = "--key";
    private static final String PORT = "--port";
    private static final String ADDRESS = "--address";
    private static final String IN_DOUBT = "--in-doubt";
    private static final int USUAL_PORT = 8443;

    private final Surroundings here;

    InjectCommand(Surroundings here) {
        this.here = here;
    }

    /** Empty once it is served: then the process goes on. */
    OptionalInt run(List<String> arguments) {
        // The JDK's server waits for ever for whoever sends slowly, and has no other way to be told.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        Options options = Options.read(arguments, Set.of(), Set.of(TEMPLATE, CERTIFICATE, KEY, PORT, ADDRESS, IN_DOUBT))
                .atMost(0);
        try {
            boolean admits = admits(options);
            Admission admission = new Admission(SidecarTemplate.read(file(options, TEMPLATE)), admits);
            WebhookServer webhook = WebhookServer.start(
                    address(options), file(options, CERTIFICATE), file(options, KEY), admission, this::say);
            Runtime.getRuntime().addShutdownHook(new Thread(webhook::close, "farebox-webhook-stop"));
            say("the webhook listens on port " + webhook.port());
            return OptionalInt.empty();
        } catch (InjectException e) {
            here.err().println(e.getMessage());
            return OptionalInt.of(Commands.WRONG);
        }
    }

    private void say(String line) {
        here.out().println(line);
        here.out().flush();
    }

    private Path file(Options options, String option) {
        String named = options.value(option)
                .orElseThrow(() -> new UsageException("inject needs " + option + "=FILE. The chart farebox sets it."));
        return here.directory().resolve(named);
    }

    private static InetSocketAddress address(Options options) {
        int port = options.value(PORT).map(InjectCommand::port).orElse(USUAL_PORT);
        return options.value(ADDRESS)
                .map(host -> new InetSocketAddress(host, port))
                .orElseGet(() -> new InetSocketAddress(port));
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) < 65_536) return Integer.parseInt(text);
        throw new UsageException("\"" + text + "\" is no port.");
    }

    private static boolean admits(Options options) {
        return switch (options.value(IN_DOUBT).orElse("refuse")) {
            case "refuse" -> false;
            case "admit" -> true;
            default ->
                throw new UsageException(
                        IN_DOUBT + " is refuse or admit: what becomes of a pod that cannot be changed.");
        };
    }
}
