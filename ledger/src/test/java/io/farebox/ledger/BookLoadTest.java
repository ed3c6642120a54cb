package io.farebox.ledger;

import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link BookLoad}: a little of it, or {@code -Dtest=BookLoadTest -Dfarebox.load=CALLERS,PAYMENTS,ROUNDS}, and then on a
 * PostgreSQL that forces its commits to the disk.
 */
@ExtendWith(SharedPostgres.class)
final class BookLoadTest {
    private static final String LOAD = System.getProperty("farebox.load", "");

    @TempDir
    Path directory;

    @Test
    void paymentsOnH2_perSecond_arePrinted() throws Exception {
        run("jdbc:h2:file:" + directory.resolve("load"));
    }

    @Test
    void paymentsOnPostgres_perSecond_arePrinted(PostgresServer shared) throws Exception {
        if (LOAD.isEmpty()) {
            run(shared.newDatabase());
            return;
        }
        try (PostgresServer server = new PostgresServer(Map.of("fsync", "on"))) {
            run(server.newDatabase());
        }
    }

    private static void run(String url) throws Exception {
        String[] load = (LOAD.isEmpty() ? "8,200,1" : LOAD).split(",");
        BookLoad.main(new String[] {load[0], load[1], load[2], url});
    }
}
