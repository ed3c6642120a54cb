package io.farebox.settlement.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.farebox.testkit.facilitator.Acts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitTest extends Stubbed {
    @Test
    void settle_afterManyFailures_isRefusedWithoutBeingSent() {
        stub.alwaysSettle(Acts.badGateway());
        for (int i = 0; i < 10; i++) settleFails();
        FacilitatorUnavailableException failure = settleFails();
        assertThat(failure.reason()).isEqualTo("circuit_open");
        assertThat(failure.reach()).isEqualTo(Reach.NOT_REACHED);
        assertThat(stub.settleCalls()).isEqualTo(10);
        assertThat(facilitator.isDown()).isTrue();
    }

    @Test
    void verify_whileSettleFails_goesOn() {
        stub.alwaysSettle(Acts.busy(Duration.ofSeconds(1)));
        for (int i = 0; i < 10; i++) settleFails();
        assertThat(settleFails().reason()).isEqualTo("circuit_open");
        assertThat(facilitator.verify(payment(1)).isValid()).isTrue();
    }

    @Test
    void settle_noAnswerOfItsOwnMaking_neverOpens() {
        stub.alwaysSettle(Acts.serverError());
        for (int i = 0; i < 30; i++) assertThat(settleFails().reason()).isEqualTo("status_500");
        stub.alwaysSettle(Acts.say(400, "{\"error\":\"Invalid request\"}"));
        for (int i = 0; i < 30; i++) assertThat(settleFails().reason()).isEqualTo("status_400");
        stub.alwaysSettle(Acts.decline("insufficient_funds"));
        for (int i = 0; i < 30; i++)
            assertThat(facilitator.settle(payment(1)).success()).isFalse();
    }

    @Test
    void settle_openAndTheFacilitatorIsBack_recoversWithinTenSeconds() {
        stub.stop();
        for (int i = 0; i < 10; i++) settleFails();
        assertThat(settleFails().reason()).isEqualTo("circuit_open");
        stub.startAgain();
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        boolean answered = false;
        while (!answered && System.nanoTime() < end) answered = answers();
        assertThat(answered).isTrue();
        assertThat(facilitator.settle(payment(2)).success()).isTrue();
        assertThat(facilitator.settle(payment(3)).success()).isTrue();
        assertThat(facilitator.isDown()).isFalse();
    }

    private boolean answers() {
        try {
            return facilitator.settle(payment(1)).success();
        } catch (FacilitatorUnavailableException e) {
            Thread.yield();
            return false;
        }
    }
}
