package io.farebox.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link BookLoad}: a little of it, or {@code -Dtest=BookLoadTest -Dfarebox.load=CALLERS,PAYMENTS,ROUNDS}. */
final class BookLoadTest {
    @TempDir
    Path directory;

    @Test
    void payments_perSecond_arePrinted() throws Exception {
        String[] load = System.getProperty("farebox.load", "8,200,1").split(",");
        BookLoad.main(new String[] {load[0], load[1], load[2], directory.toString()});
    }
}
