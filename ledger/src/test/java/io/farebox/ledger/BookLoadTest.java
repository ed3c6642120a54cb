package io.farebox.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link BookLoad} on request only: {@code -Dtest=BookLoadTest -Dfarebox.load=CALLERS,PAYMENTS,ROUNDS}. */
@EnabledIfSystemProperty(named = "farebox.load", matches = "\\d+,\\d+,\\d+")
final class BookLoadTest {
    @TempDir
    Path directory;

    @Test
    void payments_perSecond_arePrinted() throws Exception {
        String[] load = System.getProperty("farebox.load").split(",");
        BookLoad.main(new String[] {load[0], load[1], load[2], directory.toString()});
    }
}
