package io.farebox.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.Grant;
import io.farebox.gate.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that stops ends what it has begun and begins nothing. */
class StoppingTest {
    private final GateRig rig = new GateRig();

    @AfterEach
    void close() {
        rig.gate.close();
    }

    @Test
    void newPayment_is503WithoutAChallenge_andNobodyIsAsked() {
        rig.gate.stopAdmitting();

        Admission admission = rig.admit(rig.paid(rig.authorization()));

        assertThat(admission).isInstanceOfSatisfying(Admission.Unavailable.class, down -> {
            assertThat(down.response().status()).isEqualTo(503);
            assertThat(down.response().headers()).anyMatch(one -> one.name().equals("Retry-After"));
            assertThat(down.response().headers()).noneMatch(one -> one.name().equals("PAYMENT-REQUIRED"));
        });
        assertThat(rig.first.verifyCalls()).isZero();
        assertThat(rig.book.all()).isEmpty();
    }

    @Test
    void whatWasGranted_isSettledAndDelivered() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        rig.gate.stopAdmitting();

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        rig.gate.delivered(grant);

        assertThat(rig.book.all().getFirst().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }

    @Test
    void whatIsFree_goesOn() {
        rig.gate.stopAdmitting();

        assertThat(rig.gate.decide(GateRig.Request.get("/free"))).isInstanceOf(Decision.Free.class);
    }

    @Test
    void startedAgain_takesPayments() {
        rig.gate.stopAdmitting();
        rig.gate.resumeAdmitting();

        rig.grant(rig.paid(rig.authorization()));
    }
}
