package io.farebox.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Grant;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Settlement;
import io.farebox.testkit.facilitator.Act;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settling moves to another facilitator only if the first was not reached, and that one looks at the payment first. */
class MovedSettlementTest {
    private final GateRig rig = new GateRig();

    @BeforeEach
    void firstGoesAwayAfterItVerified() {
        rig.facilitators.add(rig.second);
        rig.first.alwaysSettle(new Act.Unreachable());
    }

    @AfterEach
    void close() {
        rig.gate.close();
    }

    private Settlement settled() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        return rig.gate.settle(grant, 200);
    }

    @Test
    void second_verifiesAndSettles() {
        assertThat(settled()).isInstanceOf(Settlement.Settled.class);

        assertThat(rig.second.verifyCalls()).isOne();
        assertThat(rig.second.settleCalls()).isOne();
        assertThat(rig.book.all().getFirst().facilitator()).isEqualTo("second");
    }

    @Test
    void secondSaysNo_nothingIsSent() {
        rig.second.onVerify(new Act.Decline("insufficient_funds"));

        assertThat(settled()).isInstanceOf(Settlement.Failed.class);

        assertThat(rig.second.settleCalls()).isZero();
        assertThat(rig.book.all().getFirst().state()).isEqualTo(PaymentState.FAILED);
    }

    @Test
    void secondIsAwayToo_503() {
        rig.second.onVerify(new Act.Unreachable());

        assertThat(settled())
                .isInstanceOfSatisfying(
                        Settlement.Unknown.class,
                        unknown -> assertThat(unknown.response().status()).isEqualTo(503));

        assertThat(rig.second.settleCalls()).isZero();
        assertThat(rig.book.all().getFirst().state()).isEqualTo(PaymentState.FAILED);
    }

    @Test
    void paymentVerifiedHereAlone_isNotVerifiedElsewhere() {
        rig.upfront();

        rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.second.verifyCalls()).isZero();
        assertThat(rig.second.settleCalls()).isOne();
    }
}
