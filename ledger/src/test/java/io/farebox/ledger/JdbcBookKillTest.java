package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed the moment a step was acknowledged has lost nothing of it. */
final class JdbcBookKillTest {
    private static final List<String> STEPS = List.of("CLAIMED", "SETTLING", "SETTLED", "COMPLETE");

    @TempDir
    static Path directory;

    /** All rounds use the same file, so that each also recovers what the ones before left behind. */
    @RepeatedTest(4)
    void acknowledgedSteps_surviveAKill(RepetitionInfo round) throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("book");
        Map<String, Integer> acknowledged =
                payUntilKilled(url, "r" + round.getCurrentRepetition(), 200 * round.getCurrentRepetition());

        try (JdbcBook book = JdbcBook.open(url)) {
            acknowledged.forEach((key, step) -> {
                PaymentRecord row = book.find(key).orElseThrow(() -> new AssertionError("lost: " + key));
                assertThat(stepOf(row)).as(key).isGreaterThanOrEqualTo(step);
                if (stepOf(row) < 3) assertThat(row.leaseUntil()).isEqualTo(Instant.EPOCH);
            });
        }
    }

    private static Map<String, Integer> payUntilKilled(String url, String prefix, int lines) throws IOException {
        Process child = BookChild.start("pay", url, prefix);
        Map<String, Integer> acknowledged = new HashMap<>();
        try (BufferedReader said = child.inputReader()) {
            for (int i = 0; i < lines; i++) note(said.readLine(), acknowledged);
            // Through its handle: the process itself would close its output, with acknowledgements unread.
            child.toHandle().destroyForcibly();
            String more = said.readLine();
            while (more != null) {
                // The last line may be cut short: what is not a step is no acknowledgement.
                String next = said.readLine();
                if (next != null) note(more, acknowledged);
                more = next;
            }
        } finally {
            child.destroyForcibly().onExit().join();
        }
        return acknowledged;
    }

    private static void note(String line, Map<String, Integer> acknowledged) {
        assertThat(line).as("the child said").isNotNull();
        String[] words = line.split(" ");
        assertThat(STEPS).as(line).contains(words[0]);
        acknowledged.merge(words[1], STEPS.indexOf(words[0]), Math::max);
    }

    private static int stepOf(PaymentRecord row) {
        if (row.state() != PaymentState.SETTLED)
            return STEPS.indexOf(row.state().name());
        return row.delivery() == DeliveryState.COMPLETE ? 3 : 2;
    }
}
