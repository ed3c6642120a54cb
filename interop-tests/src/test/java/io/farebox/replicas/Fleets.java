package io.farebox.replicas;

import io.farebox.servers.PostgresServer;
import io.farebox.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands out a fleet of any variant, one at a time: the tests of a run that want the same one share it, because three processes
 * take their time to start. The last one stops after the last test.
 */
final class Fleets implements AutoCloseable {
    private final PostgresServer postgres = new PostgresServer(Map.of());
    private final RedisServer redis = new RedisServer(List.of());
    private final Path folder;
    private Fleet fleet;

    Fleets() {
        try {
            folder = Files.createTempDirectory("farebox-fleet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A running fleet on which no link is slow and nobody listens. */
    synchronized Fleet get(Fleet.Variant variant) {
        if (fleet != null && !fleet.variant.equals(variant)) stop();
        if (fleet == null) fleet = new Fleet(variant, folder, postgres, redis);
        fleet.delay(0);
        fleet.listener = new Fleet.Listener() {};
        return fleet;
    }

    private void stop() {
        Fleet old = fleet;
        fleet = null;
        if (old != null) old.close();
    }

    @Override
    public synchronized void close() throws IOException {
        stop();
        redis.close();
        postgres.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }

    /** Gives tests the one {@link Fleets} of a run. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Fleets.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Shared.class))
                    .computeIfAbsent("fleets", key -> new Fleets(), Fleets.class);
        }
    }
}
