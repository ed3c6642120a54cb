package io.farebox.settlement.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.PaymentRecord;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
    @ParameterizedTest
    @CsvSource({"0, 2", "4, 2", "10, 5", "60, 30", "300, 30", "419, 30", "420, 30", "500, 40", "1820, 600", "99999, 600"
    })
    void next_byAge_growsAndIsBounded(long age, long pause) {
        Bench bench = new Bench();
        bench.settling(1);
        PaymentRecord row = bench.row(1);
        Instant now = Bench.START.plusSeconds(age);
        assertThat(Duration.between(now, BackOff.next(row, Bench.VALID_BEFORE.plusSeconds(300), now)))
                .isEqualTo(Duration.ofSeconds(pause));
    }
}
