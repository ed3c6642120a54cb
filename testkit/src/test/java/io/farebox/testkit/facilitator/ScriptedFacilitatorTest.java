package io.farebox.testkit.facilitator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.farebox.gate.Facilitator;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;
import org.junit.jupiter.api.Test;

class ScriptedFacilitatorTest extends FacilitatorContract {
    private final ScriptedFacilitator scripted = new ScriptedFacilitator("one");

    @Override
    protected Facilitator facilitator() {
        return scripted;
    }

    @Override
    protected FacilitatorRequest payable(int n) {
        return SamplePayments.evm(2, n);
    }

    @Override
    protected String payer() {
        return SamplePayments.PAYER;
    }

    @Override
    protected int charges(FacilitatorRequest request) {
        return scripted.ledger().isCharged(SamplePayments.authorization(request)) ? 1 : 0;
    }

    @Test
    void settle_answerLost_chargesAndTellsWhenAskedAgain() {
        scripted.onSettle(Acts.settledAnswerLost(Act.Loss.RESET));
        assertThat(failure(1).reach()).isEqualTo(Reach.MAYBE_REACHED);
        assertThat(scripted.ledger().charges()).isOne();
        assertThat(scripted.settle(payable(1)).success()).isTrue();
        assertThat(scripted.ledger().charges()).isOne();
    }

    @Test
    void settle_unreachable_chargesNothing() {
        scripted.onSettle(Acts.unreachable());
        assertThat(failure(1).reach()).isEqualTo(Reach.NOT_REACHED);
        assertThat(scripted.ledger().charges()).isZero();
    }

    @Test
    void settle_pending_succeedsWhenAskedAgain() {
        scripted.onSettle(Acts.pending());
        SettleResponse pending = scripted.settle(payable(1));
        assertThat(pending.isPending()).isTrue();
        assertThat(scripted.settle(payable(1)).transaction()).isEqualTo(pending.transaction());
    }

    @Test
    void settle_forgetfulAndAskedAgain_saysTheNonceIsUsed() {
        scripted.forgetful();
        scripted.settle(payable(1));
        assertThat(scripted.settle(payable(1)).errorReason()).contains("nonce_already_used");
    }

    @Test
    void settle_aLie_isToldAndChargesNothing() {
        scripted.onSettle(Acts.successElsewhere("eip155:1"));
        assertThat(scripted.settle(payable(1)).network()).hasToString("eip155:1");
        assertThat(scripted.ledger().charges()).isZero();
    }

    @Test
    void settle_solana_hasATransactionOfItsForm() {
        SettleResponse answer = scripted.settle(SamplePayments.solana(2, 1, "fees"));
        assertThat(answer.transaction()).matches("[1-9A-HJ-NP-Za-km-z]{64,88}");
    }

    private FacilitatorUnavailableException failure(int n) {
        return catchThrowableOfType(FacilitatorUnavailableException.class, () -> scripted.settle(payable(n)));
    }
}
