package io.farebox.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Admission;
import io.farebox.gate.Grant;
import io.farebox.gate.Settlement;
import io.farebox.testkit.facilitator.Act;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A payer whose payments are refused at settlement again and again gets no more runs of the resource before it has paid. */
class RefusedPayerTest {
    private final GateRig rig = new GateRig();

    @AfterEach
    void close() {
        rig.gate.close();
    }

    private void refusedAtSettlement(int times) {
        for (int i = 0; i < times; i++) {
            rig.first.onSettle(new Act.Decline("insufficient_funds"));
            assertThat(rig.gate.settle(rig.grant(rig.paid(rig.authorization())), 200))
                    .isInstanceOf(Settlement.Failed.class);
        }
    }

    @Test
    void refusedTwice_stillRunsFirst() {
        refusedAtSettlement(2);

        rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.first.ledger().charges()).isZero();
    }

    @Test
    void refusedThreeTimes_settlesBeforeTheResourceRuns() {
        refusedAtSettlement(3);

        rig.first.onSettle(new Act.Decline("insufficient_funds"));
        Admission refused = rig.admit(rig.paid(rig.authorization()));
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        answer -> assertThat(answer.response().status()).isEqualTo(402));

        Grant grant = rig.grant(rig.paid(rig.authorization()));
        assertThat(rig.first.ledger().charges()).isOne();
        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        assertThat(rig.first.ledger().charges()).isOne();
    }

    @Test
    void anHourLater_itRunsFirstAgain() {
        refusedAtSettlement(3);
        rig.now = rig.now.plus(Duration.ofHours(1));

        rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.first.ledger().charges()).isZero();
    }

    @Test
    void refusedElsewhere_isKnownHereSoon() {
        for (int i = 0; i < 3; i++) rig.book.countRefusal(GateRig.PAYER, rig.now);

        rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.first.ledger().charges()).isOne();
    }

    @Test
    void facilitatorsThatAreAway_areNotThePayersFault() {
        for (int i = 0; i < 3; i++) {
            rig.first.onSettle(new Act.Unreachable());
            rig.gate.settle(rig.grant(rig.paid(rig.authorization())), 200);
        }

        rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.first.ledger().charges()).isZero();
    }
}
