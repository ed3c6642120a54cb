package io.farebox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Shelf;
import io.farebox.gate.Tally;
import io.farebox.x402.Network;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPaymentsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private int reads;

    private static Tally owed(String asset, long count) {
        return new Tally(Shelf.OWED, new Network("eip155:8453"), asset, count, BigInteger.TEN, Instant.EPOCH, false);
    }

    private double open(String state) {
        return registry.get("farebox.payments.open").tag("state", state).gauge().value();
    }

    @Test
    void counts_overAllAssets_readOnceForAllStates() {
        new OpenPayments(() -> {
                    reads++;
                    return List.of(owed("0xa", 2), owed("0xb", 3));
                })
                .bindTo(registry);

        assertThat(open("owed")).isEqualTo(5);
        assertThat(open("unknown")).isZero();
        assertThat(open("refund_due")).isZero();
        assertThat(reads).isOne();
        assertThat(registry.getMeters()).hasSize(4);
    }

    @Test
    void bookThatIsAway_hasNoCounts() {
        new OpenPayments(() -> {
                    throw new BookUnavailableException("away", null);
                })
                .bindTo(registry);

        assertThat(open("owed")).isNaN();
    }
}
