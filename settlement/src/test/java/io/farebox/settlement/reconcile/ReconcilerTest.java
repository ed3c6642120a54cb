package io.farebox.settlement.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.GateEvent;
import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.facilitator.SamplePayments;
import io.farebox.testkit.facilitator.ScriptedFacilitator;
import io.farebox.x402.SettleResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcilerTest {
    private static final Duration LEASE_OVER = Duration.ofSeconds(6);
    private static final String EXPIRED = "invalid_exact_evm_payload_authorization_valid_before";
    private static final String POOR = "invalid_exact_evm_insufficient_balance";

    private final Bench bench = new Bench();

    @Test
    void pass_livingClaim_isLeftAlone() {
        bench.claimed(1);
        assertThat(bench.passAfter(Duration.ofSeconds(4))).isZero();
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.CLAIMED);
    }

    @Test
    void pass_abandonedClaim_isReleased() {
        bench.claimed(1);
        bench.passAfter(LEASE_OVER);
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.RELEASED);
        assertThat(bench.events(GateEvent.Released.class)).hasSize(1);
        assertThat(bench.facilitator.settleCalls()).isZero();
    }

    @Test
    void pass_abandonedDelivery_isOwed() {
        bench.delivering(1);
        bench.passAfter(LEASE_OVER);
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.SETTLED);
        assertThat(bench.row(1).delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(bench.events(GateEvent.Owed.class)).hasSize(1);
        assertThat(bench.facilitator.settleCalls()).as("only the request's own").isOne();
    }

    @Test
    void pass_diedBeforeSending_isSettledAndOwed() {
        bench.settling(1);
        bench.passAfter(LEASE_OVER);
        assertOwedOnce();
        assertThat(bench.events(GateEvent.Settled.class)).hasSize(1);
    }

    @Test
    void pass_diedAfterSending_isSettledOnceAndOwed() {
        bench.settling(1);
        bench.facilitator.settle(Bench.request(1));
        bench.passAfter(LEASE_OVER);
        assertOwedOnce();
        assertThat(bench.row(1).receipt().transaction()).isNotEmpty();
    }

    @Test
    void pass_unknown_isAskedForWithTheIdenticalRequest() {
        bench.settling(1);
        bench.passAfter(LEASE_OVER);
        assertThat(bench.facilitator.settleRequests().getFirst().payment().payload())
                .isEqualTo(Bench.request(1).payment().payload());
        assertThat(bench.facilitator.settleRequests().getFirst().requirements())
                .isEqualTo(Bench.request(1).requirements());
    }

    @Test
    void pass_settling_isUnknownBeforeAnythingIsAsked() {
        bench.settling(1);
        bench.lookup = request -> {
            assertThat(bench.row(1).state()).isEqualTo(PaymentState.UNKNOWN);
            return new Outcome.NotKnown();
        };
        bench.passAfter(LEASE_OVER);
        assertOwedOnce();
    }

    @Test
    void pass_answerLostAgain_isAskedAgainLater() {
        bench.settling(1);
        bench.facilitator.onSettle(Acts.settledAnswerLost(Act.Loss.HANGS));
        bench.passAfter(LEASE_OVER);
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(bench.row(1).reason()).isEqualTo("timeout");
        bench.passAfter(Duration.ofSeconds(30));
        assertOwedOnce();
    }

    @Test
    void pass_pending_isAskedAgainLater() {
        bench.settling(1);
        bench.facilitator.onSettle(Acts.pending());
        bench.passAfter(LEASE_OVER);
        assertThat(bench.row(1).reason()).isEqualTo(SettleResponse.PENDING);
        bench.passAfter(Duration.ofSeconds(30));
        assertOwedOnce();
    }

    @Test
    void pass_lie_isNotBelieved() {
        List<Act> lies = List.of(
                Acts.successElsewhere("eip155:1"),
                Acts.successOfPayer("0x0000000000000000000000000000000000000001"),
                Acts.successWithoutTransaction(),
                Acts.successAsText());
        bench.settling(1);
        for (Act lie : lies) {
            bench.facilitator.onSettle(lie);
            bench.passAfter(Duration.ofSeconds(31));
            assertThat(bench.row(1).state()).isEqualTo(PaymentState.UNKNOWN);
        }
        assertThat(bench.facilitator.ledger().charges()).isZero();
    }

    @Test
    void pass_transactionOfAnotherPayment_isNotBelieved() {
        bench.delivering(1);
        bench.settling(2);
        bench.facilitator.onSettle(
                Acts.successWithTransaction(bench.row(1).receipt().transaction()));
        bench.passAfter(LEASE_OVER);
        assertThat(bench.row(2).state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(bench.row(2).reason()).isEqualTo("duplicate_transaction");
    }

    @Test
    void pass_chainShowsIt_isOwedWithoutAskingAnyone() {
        bench.settling(1);
        SettleResponse receipt = new SettleResponse(
                true, null, SamplePayments.PAYER, "0x" + "ab".repeat(32), SamplePayments.BASE_SEPOLIA);
        bench.lookup = request -> new Outcome.Happened(receipt);
        bench.passAfter(LEASE_OVER);
        assertThat(bench.row(1).delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(bench.row(1).receipt().transaction()).isEqualTo(receipt.transaction());
        assertThat(bench.facilitator.settleCalls()).isZero();
    }

    @Test
    void pass_chainShowsItCannotHappen_isExpired() {
        bench.settling(1);
        bench.lookup = request -> new Outcome.NeverHappened();
        bench.passAfter(LEASE_OVER);
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.EXPIRED);
        assertThat(bench.row(1).payload()).isNull();
        assertThat(bench.events(GateEvent.SettleFailed.class)).hasSize(1);
    }

    @Test
    void pass_noAfterUnknownWithinTheWindow_provesNothing() {
        bench.settling(1);
        bench.facilitator.alwaysSettle(Acts.decline(POOR));
        for (int i = 0; i < 5; i++) bench.passAfter(Duration.ofSeconds(20));
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.UNKNOWN);
        bench.facilitator.alwaysSettle(Acts.obey());
        bench.passAfter(Duration.ofSeconds(31));
        assertOwedOnce();
    }

    @Test
    void pass_noWithinAndAfterTheWindow_isExpiredOnlyWithTheMargin() {
        bench.settling(1);
        bench.facilitator.alwaysSettle(Acts.decline(POOR));
        bench.passAfter(LEASE_OVER);
        bench.facilitator.alwaysSettle(Acts.decline(EXPIRED));
        bench.passAfter(Duration.ofSeconds(114 + 299));
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.UNKNOWN);
        bench.passAfter(Duration.ofSeconds(30));
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.EXPIRED);
    }

    @Test
    void pass_noOnlyAfterTheWindow_waitsForAnOperator() {
        bench.settling(1);
        bench.facilitator.alwaysSettle(Acts.lost(Act.Loss.HANGS));
        for (int i = 0; i < 4; i++) bench.passAfter(Duration.ofSeconds(30));
        bench.facilitator.alwaysSettle(Acts.decline(EXPIRED));
        for (int i = 0; i < 10; i++) bench.passAfter(Duration.ofMinutes(11));
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_exact_evm_nonce_already_used",
                "authorization is used or canceled",
                "insufficient_funds",
                "invalid_exact_evm_signature",
                "invalid_exact_evm_payload_authorization_valid_before",
                "duplicate_settlement",
                "unexpected_settle_error"
            })
    void pass_noThatAChargedPaymentWouldGetToo_neverExpiresIt(String reason) {
        bench.settling(1);
        bench.facilitator.alwaysSettle(Acts.decline(reason));
        for (int i = 0; i < 5; i++) bench.passAfter(Duration.ofSeconds(20));
        bench.facilitator.alwaysSettle(Acts.decline(EXPIRED));
        for (int i = 0; i < 10; i++) bench.passAfter(Duration.ofMinutes(11));
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.UNKNOWN);
    }

    @Test
    void pass_facilitatorGone_asksAnother() {
        bench.settling(1);
        ScriptedFacilitator other = new ScriptedFacilitator("other", bench.facilitator.ledger());
        bench.configured = List.of(other);
        bench.passAfter(LEASE_OVER);
        assertThat(other.settleCalls()).isOne();
        assertOwedOnce();
    }

    @Test
    void pass_noFacilitatorAtAll_waits() {
        bench.settling(1);
        bench.configured = List.of();
        bench.passAfter(LEASE_OVER);
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(bench.row(1).reason()).isEqualTo("no_facilitator");
    }

    @Test
    void pass_oneBadRow_doesNotStopTheOthers() {
        bench.settling(1);
        bench.settling(2);
        bench.lookup = request -> {
            if (request.payment().payload().equals(Bench.request(1).payment().payload()))
                throw new IllegalStateException("a defect");
            return new Outcome.NotKnown();
        };
        assertThat(bench.passAfter(LEASE_OVER)).isEqualTo(2);
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(bench.row(2).delivery()).isEqualTo(DeliveryState.OWED);
    }

    @Test
    void pass_badRow_isTakenOverAgainWhenItsLeaseLapses() {
        bench.settling(1);
        bench.lookup = request -> {
            throw new IllegalStateException("a defect");
        };
        bench.passAfter(LEASE_OVER);
        bench.lookup = request -> new Outcome.NotKnown();
        assertThat(bench.passAfter(Duration.ofSeconds(119))).isZero();
        assertThat(bench.passAfter(Duration.ofSeconds(1))).isOne();
        assertOwedOnce();
    }

    @Test
    void pass_bookDown_changesNothingAndGoesOnLater() {
        bench.settling(1);
        bench.book.failNext(1);
        assertThat(bench.passAfter(LEASE_OVER)).isZero();
        assertThat(bench.facilitator.settleCalls()).isZero();
        bench.passAfter(Duration.ofSeconds(2));
        assertOwedOnce();
    }

    @Test
    void pass_everyAnswerOfTheBookLostOnce_endsRightAllTheSame() {
        bench.settling(1);
        for (int i = 0; i < 6; i++) {
            bench.book.loseAnswers(1);
            bench.passAfter(Duration.ofMinutes(3));
            bench.passAfter(Duration.ofMinutes(3));
        }
        assertOwedOnce();
    }

    @Test
    void pass_whatIsOwedHasLapsed_isRefundDue() {
        bench.settling(1);
        bench.passAfter(LEASE_OVER);
        bench.passAfter(Duration.ofHours(25));
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.REFUND_DUE);
    }

    @Test
    void pass_listenerThatThrows_stopsNothing() {
        bench.settling(1);
        bench.now = bench.now.plus(LEASE_OVER);
        try (Reconciler reconciler = new Reconciler(
                ReconcilerSettings.defaults("reconciler"),
                bench.book,
                new FixedFacilitators(bench.configured),
                request -> new Outcome.NotKnown(),
                event -> {
                    throw new IllegalStateException("a listener's defect");
                },
                () -> bench.now,
                duration -> false)) {
            reconciler.pass();
        }
        assertOwedOnce();
    }

    @Test
    void pass_hundredsOfRows_areAllBroughtToAnEnd() {
        for (int i = 1; i <= 300; i++) bench.settling(i);
        bench.now = bench.now.plus(LEASE_OVER);
        try (Reconciler one = bench.reconciler();
                Reconciler two = bench.reconciler()) {
            while (one.pass() + two.pass() > 0) {}
        }
        assertThat(bench.book.all())
                .hasSize(300)
                .extracting(PaymentRecord::delivery)
                .containsOnly(DeliveryState.OWED);
        assertThat(bench.facilitator.settleCalls()).isEqualTo(300);
    }

    @Test
    void start_thenClose_endsTheWorkAndReleasesTheThread() {
        bench.settling(1);
        bench.now = bench.now.plus(LEASE_OVER);
        Reconciler reconciler = bench.reconciler();
        reconciler.start();
        while (bench.row(1).state() != PaymentState.SETTLED) Thread.onSpinWait();
        reconciler.close();
        assertOwedOnce();
    }

    private void assertOwedOnce() {
        assertThat(bench.row(1).state()).isEqualTo(PaymentState.SETTLED);
        assertThat(bench.row(1).delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(bench.facilitator.ledger().charges()).isOne();
    }
}
