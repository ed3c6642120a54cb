package io.farebox.settlement.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.GateRequest;
import io.farebox.gate.Grant;
import io.farebox.gate.Header;
import io.farebox.gate.Mode;
import io.farebox.gate.PaymentRecord;
import io.farebox.pricing.RetentionConfig;
import io.farebox.testkit.host.GateFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was deleted from the book is gone for good: nobody is served, or charged, with it once more. */
class HousekeepingTest {
    private final GateFixture fixture = new GateFixture(Mode.ENFORCE);

    @AfterEach
    void close() {
        fixture.close();
    }

    private record Paid(Header header) implements GateRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/paid/a";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return name.equalsIgnoreCase(header.name()) ? header.value() : null;
        }

        @Override
        public List<String> headers(String name) {
            String value = header(name);
            return value == null ? List.of() : List.of(value);
        }
    }

    private Admission admit(Header payment) {
        Decision decision = fixture.gate().decide(new Paid(payment));
        assertThat(decision).isInstanceOf(Decision.Attempt.class);
        return fixture.gate().admit((Decision.Attempt) decision, "");
    }

    private Header bought() {
        Header payment = fixture.pay(2);
        Grant grant = ((Admission.Granted) admit(payment)).grant();
        fixture.gate().settle(grant, 200);
        fixture.gate().delivered(grant);
        return payment;
    }

    private Header givenBack() {
        Header payment = fixture.pay(2);
        Grant grant = ((Admission.Granted) admit(payment)).grant();
        fixture.gate().release(grant, "resource_failed");
        return payment;
    }

    private void clearUp(Duration later) {
        fixture.skip(later);
        Instant now = fixture.now();
        new Housekeeping(fixture.book().desk(), RetentionConfig.DEFAULT, () -> now, pause -> true).run();
    }

    @Test
    void paymentsDeletedAfterTheirTime_areNotGoodForAnythingAnyMore() {
        Header paid = bought();
        Header unpaid = givenBack();

        clearUp(Duration.ofDays(31));
        assertThat(fixture.book().all()).hasSize(1);
        clearUp(Duration.ofDays(370));
        assertThat(fixture.book().all()).isEmpty();

        assertThat(admit(paid)).isInstanceOf(Admission.Refused.class);
        assertThat(admit(unpaid)).isInstanceOf(Admission.Refused.class);
        assertThat(fixture.book().all()).isEmpty();
        assertThat(fixture.charges()).isOne();
    }

    /** Whatever is configured: a payment that could still be paid with stays. */
    @Test
    void paymentsThatAreStillGood_areKept_howeverShortTheRetention() {
        Header paid = bought();
        givenBack();
        var none = new RetentionConfig(Duration.ZERO, Duration.ZERO);
        Instant now = fixture.now().plusSeconds(60);

        new Housekeeping(fixture.book().desk(), none, () -> now, pause -> true).run();

        assertThat(fixture.book().all()).hasSize(2);
        assertThat(admit(paid)).isInstanceOf(Admission.Refused.class);
        assertThat(fixture.charges()).isOne();
        Instant end = fixture.book().all().stream()
                .map(PaymentRecord::validBefore)
                .max(Instant::compareTo)
                .orElseThrow()
                .plus(Housekeeping.MARGIN);
        new Housekeeping(fixture.book().desk(), none, () -> end, pause -> true).run();
        assertThat(fixture.book().all()).isEmpty();
    }

    @Test
    void manyPayments_areDeletedInBatches_withRests() {
        for (int i = 0; i < 2 * Housekeeping.BATCH + 1; i++) givenBack();
        fixture.skip(Duration.ofDays(31));
        Instant now = fixture.now();
        var rests = new AtomicInteger();

        new Housekeeping(
                        fixture.book().desk(), RetentionConfig.DEFAULT, () -> now, pause -> rests.incrementAndGet() > 0)
                .run();

        assertThat(fixture.book().all()).isEmpty();
        assertThat(rests).hasValue(2);
    }
}
