package io.farebox.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Admission;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.Facilitator;
import io.farebox.gate.Grant;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Settlement;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that starts again after a failure and signs anew is served on what it already paid. */
class ResignSafetyTest {
    private final GateRig rig = new GateRig();

    @AfterEach
    void close() {
        rig.gate.close();
    }

    @Test
    void answerLost_askedAgain_settled() {
        rig.first.onSettle(new Act.Lose(Act.Loss.RESET, true));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        assertThat(rig.first.ledger().charges()).isOne();
    }

    @Test
    void claimOfAnOwedRunIsLost_comingAgainIsNotChargedAgain() throws InterruptedException {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        rig.gate.settle(grant, 200);
        rig.gate.brokenOff(grant, "client_gone");
        rig.book.loseAnswers(1);
        assertThat(rig.admit(rig.paid(rig.authorization()))).isInstanceOf(Admission.Unavailable.class);
        awaitDelivery(DeliveryState.OWED);

        Grant again = rig.grant(rig.paid(rig.authorization()));
        rig.gate.settle(again, 200);

        assertThat(rig.first.ledger().charges()).isOne();
    }

    private void awaitDelivery(DeliveryState state) throws InterruptedException {
        for (int i = 0; i < 2_000; i++) {
            if (rig.book.all().getFirst().delivery() == state) return;
            Thread.sleep(10);
        }
        throw new AssertionError("the run is still " + rig.book.all().getFirst().delivery());
    }

    @Test
    void outcomeUnknown_503_thenResignedRequestWaits() {
        rig.first.alwaysSettle(new Act.Lose(Act.Loss.HANGS, true));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOfSatisfying(Settlement.Unknown.class, unknown -> {
            assertThat(unknown.response().status()).isEqualTo(503);
        });
        assertThat(rig.book.all().getFirst().state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(rig.admit(rig.paid(rig.authorization()))).isInstanceOf(Admission.Unavailable.class);
        assertThat(rig.book.all()).hasSize(1);
    }

    @Test
    void outcomeUnknown_otherRequestsOfThePayerGoOn() {
        rig.first.onSettle(new Act.Lose(Act.Loss.HANGS, true));
        rig.first.alwaysSettle(new Act.Lose(Act.Loss.HANGS, true));
        rig.gate.settle(rig.grant(rig.paid(rig.authorization())), 200);

        assertThat(rig.admit(rig.paid(rig.authorization()).method("POST"))).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void brokenOff_nextAuthorizationIsServedAndNotCharged() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        rig.gate.settle(grant, 200);
        rig.gate.brokenOff(grant, "client_gone");
        assertThat(rig.book.all().getFirst().delivery()).isEqualTo(DeliveryState.OWED);

        Grant owed = rig.grant(rig.paid(rig.authorization()));
        assertThat(rig.gate.settle(owed, 200)).isInstanceOf(Settlement.Settled.class);
        rig.gate.delivered(owed);

        assertThat(rig.first.ledger().charges()).isOne();
        assertThat(rig.book.all()).hasSize(1);
        assertThat(rig.book.all().getFirst().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }

    @Test
    void owedRun_resourceFails_staysOwed() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        rig.gate.settle(grant, 200);
        rig.gate.brokenOff(grant, "client_gone");

        Grant owed = rig.grant(rig.paid(rig.authorization()));
        assertThat(rig.gate.settle(owed, 500)).isInstanceOf(Settlement.NotDue.class);

        assertThat(rig.book.all().getFirst().delivery()).isEqualTo(DeliveryState.OWED);
    }

    @Test
    void owedRun_dearerPrice_isNotCovered() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        rig.gate.settle(grant, 200);
        rig.gate.brokenOff(grant, "client_gone");

        rig.price(20_000);
        Grant dearer = rig.grant(rig.paid(rig.authorization()));
        rig.gate.settle(dearer, 200);
        assertThat(rig.first.ledger().charges()).isEqualTo(2);
    }

    @Test
    void upfront_resourceFails_owedAndServedNext() {
        rig.upfront();
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        assertThat(rig.first.ledger().charges()).isOne();

        assertThat(rig.gate.settle(grant, 500)).isInstanceOf(Settlement.NotDue.class);
        Grant next = rig.grant(rig.paid(rig.authorization()));
        rig.gate.settle(next, 200);
        rig.gate.delivered(next);

        assertThat(rig.first.ledger().charges()).isOne();
    }

    @Test
    void nonceUsed_isNotBelievedWithoutALook() {
        rig.first.alwaysSettle(new Act.Decline("invalid_exact_evm_nonce_already_used"));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Unknown.class);
    }

    @Test
    void nonceUsed_chainShowsThePayment_settled() {
        rig.first.alwaysSettle(new Act.Decline("invalid_exact_evm_nonce_already_used"));
        rig.lookup = request -> new OutcomeLookup.Outcome.Happened(
                new io.farebox.x402.SettleResponse(true, null, GateRig.PAYER, "0x" + "cd".repeat(32), GateRig.NETWORK));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
    }

    @Test
    void pending_thenSuccess_oneChargeOneCallMore() {
        rig.first.onSettle(new Act.Pending());
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        assertThat(rig.first.settleCalls()).isEqualTo(2);
        assertThat(rig.first.ledger().charges()).isOne();
    }

    @Test
    void pending_thenNo_provesNothing() {
        rig.first.alwaysSettle(new Act.Decline("insufficient_funds")).onSettle(Acts.pendingForNothing());
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Unknown.class);
    }

    @Test
    void pending_thenUnreachable_isUnknownAndNobodyElseIsAsked() {
        rig.facilitators.add(rig.second);
        rig.first.alwaysSettle(new Act.Unreachable()).onSettle(new Act.Pending());
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Unknown.class);
        assertThat(rig.second.settleCalls()).isZero();
        assertThat(rig.book.all().getFirst().state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(rig.admit(rig.paid(rig.authorization()))).isInstanceOf(Admission.Unavailable.class);
    }

    @Test
    void bookFailsWhileSettling_answeredOnlyWhenTheRowIsInDoubt() {
        rig.first.alwaysSettle(new Act.Lose(Act.Loss.RESET, true));
        rig.facilitators.set(0, whileSettling(() -> rig.book.failNext(1)));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Unknown.class);
        assertThat(rig.admit(rig.paid(rig.authorization()))).isInstanceOf(Admission.Unavailable.class);
        assertThat(rig.first.ledger().charges()).isOne();
    }

    /** The row says that it was charged and runs, so nothing would hold a client back that was told to come again. */
    @Test
    void answerOfTheBookIsLostAfterTheCharge_servedAndNotChargedAgain() {
        rig.facilitators.set(0, whileSettling(() -> rig.book.loseAnswers(1)));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        rig.gate.delivered(grant);
        assertThat(rig.book.all().getFirst().delivery()).isEqualTo(DeliveryState.COMPLETE);
        assertThat(rig.first.ledger().charges()).isOne();
    }

    @Test
    void bookIsAwayForAWhileAfterTheCharge_served() {
        rig.facilitators.set(0, whileSettling(() -> rig.book.failNext(3)));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
    }

    @Test
    void bookStaysAwayAfterTheCharge_503AndNotChargedAgain() {
        rig.facilitators.set(0, whileSettling(() -> rig.book.failNext(20)));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Unknown.class);
        rig.book.failNext(0);
        assertThat(rig.admit(rig.paid(rig.authorization()))).isInstanceOf(Admission.Unavailable.class);
        assertThat(rig.first.ledger().charges()).isOne();
    }

    @Test
    void bookFailsAtTheEnd_theGrantIsLetGo() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        rig.gate.settle(grant, 200);
        rig.book.failNext(1);
        rig.gate.brokenOff(grant, "client_gone");

        assertThat(rig.gate.inFlight()).isZero();
    }

    /** Noted as owed, it could be fetched once more without paying. */
    @Test
    void bookIsAwayWhenTheAnswerEnds_deliveredOnceItIsBack() throws InterruptedException {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        rig.gate.settle(grant, 200);
        rig.book.failNext(5);
        rig.gate.delivered(grant);

        awaitDelivery(DeliveryState.COMPLETE);
    }

    /** Somebody who takes the row over would ask for the same settlement, and the request that still waits for it could not be served. */
    @Test
    void settlementThatTakesMinutes_isNotTakenOver() {
        rig.facilitators.set(0, whileSettling(() -> {
            for (int i = 0; i < 3; i++) {
                rig.now = rig.now.plusSeconds(35);
                awaitRenewal();
                assertThat(rig.book.takeOver("another", rig.now.plusSeconds(60), rig.now, 10))
                        .isEmpty();
            }
        }));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
    }

    private void awaitRenewal() {
        for (int i = 0; i < 2_000; i++) {
            if (rig.book.all().getFirst().leaseUntil().isAfter(rig.now.plusSeconds(30))) return;
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError(
                "the lease ends at " + rig.book.all().getFirst().leaseUntil());
    }

    @Test
    void reasonsOfFacilitators_areClosed() {
        rig.first.onVerify(new Act.Decline("x".repeat(250)));
        assertThat(rig.admit(rig.paid(rig.authorization())))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("facilitator_refused"));
    }

    @Test
    void settlingForLong_blocksTheSameRequest() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        var stalled = rig.book.settling(claimOf(grant), "first", rig.now.plusSeconds(60), rig.now);
        assertThat(stalled).isTrue();
        rig.now = rig.now.plus(Duration.ofSeconds(6));

        assertThat(rig.admit(rig.paid(rig.authorization()))).isInstanceOf(Admission.Unavailable.class);
    }

    /** Whoever has the row now may charge it, or may have given it back; two must not. */
    @Test
    void claimLostBeforeSettling_sendsNothing_503() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        rig.now = rig.now.plus(Duration.ofSeconds(46));
        assertThat(rig.book.takeOver("another", rig.now.plusSeconds(60), rig.now, 10))
                .hasSize(1);

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Unknown.class);
        assertThat(rig.first.settleCalls()).isZero();
    }

    /** As when Redis forgets: another request was let in with it and settled first. A price would have the payer pay twice. */
    @Test
    void claimLostBeforeItIsRefused_conflictAndNoPrice() {
        rig.first.onVerify(new Act.Decline("invalid_exact_evm_nonce_already_used"));
        beforeVerify(() -> {
            rig.now = rig.now.plus(Duration.ofSeconds(46));
            rig.book.takeOver("another", rig.now.plusSeconds(60), rig.now, 10);
        });

        Admission admission = rig.admit(rig.paid(rig.authorization()));

        assertThat(admission).isInstanceOfSatisfying(Admission.Refused.class, refused -> {
            assertThat(refused.response().status()).isEqualTo(409);
            assertThat(refused.reason()).isEqualTo("payment_in_use");
        });
    }

    @Test
    void refusedWhileTheBookIsAway_503() {
        rig.first.onVerify(new Act.Decline("invalid_exact_evm_nonce_already_used"));
        beforeVerify(() -> rig.book.failNext(1));

        assertThat(rig.admit(rig.paid(rig.authorization()))).isInstanceOf(Admission.Unavailable.class);
    }

    private void beforeVerify(Runnable happening) {
        rig.facilitators.set(0, new Facilitator() {
            @Override
            public String id() {
                return rig.first.id();
            }

            @Override
            public VerifyResponse verify(FacilitatorRequest request) {
                happening.run();
                return rig.first.verify(request);
            }

            @Override
            public SettleResponse settle(FacilitatorRequest request) {
                return rig.first.settle(request);
            }
        });
    }

    @Test
    void lostBeforeItIsSettling_503() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        rig.first.onSettle(new Act.Obey());
        rig.book.failNext(1);

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Unknown.class);
    }

    @Test
    void wrongNetworkInSuccess_isUnknownNotServed() {
        rig.first.alwaysSettle(Acts.successElsewhere("eip155:1"));
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Unknown.class);
    }

    private io.farebox.gate.Claim claimOf(Grant grant) {
        return rig.book.all().stream()
                .filter(row -> row.claim().paymentId().equals(grant.facts().paymentId()))
                .findFirst()
                .orElseThrow()
                .claim();
    }

    /** The first facilitator, with something happening while it settles. */
    private Facilitator whileSettling(Runnable meanwhile) {
        return new Facilitator() {
            @Override
            public String id() {
                return "first";
            }

            @Override
            public VerifyResponse verify(FacilitatorRequest request) {
                return rig.first.verify(request);
            }

            @Override
            public SettleResponse settle(FacilitatorRequest request) {
                meanwhile.run();
                return rig.first.settle(request);
            }
        };
    }
}
