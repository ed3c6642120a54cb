package io.farebox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Shelf;
import io.farebox.gate.Tally;
import io.farebox.x402.Network;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        assertThat(registry.getMeters()).hasSize(9);
    }

    @Test
    void age_isOfTheOldest_andZeroIfThereIsNone() {
        InstantSource clock = () -> Instant.EPOCH.plusSeconds(700);
        new OpenPayments(() -> List.of(owed("0xa", 2)), clock).bindTo(registry);

        assertThat(age("owed")).isEqualTo(700);
        assertThat(age("unknown")).isZero();
        assertThat(registry.get("farebox.book.up").gauge().value()).isOne();
    }

    private double age(String state) {
        return registry.get("farebox.payments.open.age")
                .tag("state", state)
                .gauge()
                .value();
    }

    @Test
    void facilitator_thatDoesNotAnswer_isDown() {
        Map<String, Boolean> answering = new HashMap<>(Map.of("payai", true, "cdp", false));
        new FacilitatorsUp(() -> answering).bindTo(registry);

        assertThat(up("payai")).isOne();
        assertThat(up("cdp")).isZero();
        answering.remove("cdp");
        assertThat(up("cdp")).isNaN();
    }

    private double up(String facilitator) {
        return registry.get("farebox.facilitator.up")
                .tag("facilitator", facilitator)
                .gauge()
                .value();
    }

    @Test
    void bookThatIsAway_hasNoCounts() {
        new OpenPayments(() -> {
                    throw new BookUnavailableException("away", null);
                })
                .bindTo(registry);

        assertThat(open("owed")).isNaN();
        assertThat(age("owed")).isNaN();
        assertThat(registry.get("farebox.book.up").gauge().value()).isZero();
    }
}
