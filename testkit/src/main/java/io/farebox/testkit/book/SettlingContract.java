package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.payer;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.SettledResult;
import io.farebox.x402.SettleResponse;
import org.junit.jupiter.api.Test;

/** The steps of a settlement, and that no step is taken from a wrong state or with a claim that was lost. */
abstract class SettlingContract extends IdentifierContract {
    @Test
    void settlement_isWrittenStepByStep() {
        Claim claim = settling(FIRST);
        assertThat(row("first").state()).isEqualTo(PaymentState.SETTLING);
        assertThat(row("first").facilitator()).isEqualTo("dev");
        assertThat(row("first").leaseUntil()).isEqualTo(at(40));
        assertThat(row("first").payload()).isEqualTo("payload of first");

        assertThat(book.settled(claim, receipt("0xAb"), DeliveryState.RUNNING, at(1000), at(5)))
                .isEqualTo(SettledResult.RECORDED);
        PaymentRecord row = row("first");
        assertThat(row.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(row.delivery()).isEqualTo(DeliveryState.RUNNING);
        assertThat(row.receipt()).isEqualTo(receipt("0xAb"));
        assertThat(row.payload()).isNull();
        assertThat(row.leaseUntil()).isEqualTo(at(40));
        assertThat(row.owedUntil()).isEqualTo(at(1000));
        assertThat(row.updatedAt()).isEqualTo(at(5));

        assertThat(book.delivered(claim, at(6))).isTrue();
        assertThat(row("first").delivery()).isEqualTo(DeliveryState.COMPLETE);
        assertThat(book.owed(claim, at(7))).isFalse();
        assertThat(book.released(claim, "late", at(7))).isFalse();
    }

    @Test
    void receipt_isKeptWithoutForeignText() {
        Claim claim = settling(FIRST);
        book.settled(claim, new SettleResponse(true, "chatter", null, "0x1", null), DeliveryState.OWED, at(9), at(1));

        assertThat(row("first").receipt()).isEqualTo(new SettleResponse(true, null, null, "0x1", SampleClaim.BASE));
    }

    @Test
    void settledWithoutSuccessOrDelivery_isAMistakeOfTheCaller() {
        Claim claim = settling(FIRST);
        SettleResponse failure = new SettleResponse(false, "no", null, "", null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> book.settled(claim, failure, DeliveryState.OWED, at(9), at(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book.settled(claim, receipt("0x1"), DeliveryState.COMPLETE, at(9), at(1)));
        assertThat(row("first").state()).isEqualTo(PaymentState.SETTLING);
    }

    @Test
    void steps_mayBeRepeatedByTheirClaim() {
        Claim claim = settling(FIRST);
        assertThat(book.settling(claim, "other", at(50), at(1))).isTrue();
        assertThat(row("first").facilitator()).isEqualTo("other");
        book.settled(claim, receipt("0xAB"), DeliveryState.RUNNING, at(1000), at(2));
        assertThat(book.settled(claim, receipt("0xab"), DeliveryState.RUNNING, at(2000), at(3)))
                .isEqualTo(SettledResult.RECORDED);
        assertThat(row("first").owedUntil()).isEqualTo(at(1000));
        assertThat(book.settled(claim, receipt("0xac"), DeliveryState.RUNNING, at(2000), at(3)))
                .isEqualTo(SettledResult.LOST);
        assertThat(book.delivered(claim, at(4))).isTrue();
        assertThat(book.delivered(claim, at(5))).isTrue();

        Claim failing = settling(SECOND);
        assertThat(book.failed(failing, "no", at(71))).isTrue();
        assertThat(book.failed(failing, "no", at(72))).isTrue();
        assertThat(row("second").releases()).isOne();
        Claim releasing = claimed(SECOND);
        assertThat(book.released(releasing, "no", at(71))).isTrue();
        assertThat(book.released(releasing, "no", at(72))).isTrue();
        assertThat(row("second").releases()).isEqualTo(2);
    }

    @Test
    void changeOfFacilitator_doesNotMakeASettlementYounger() {
        Claim claim = settling(FIRST);
        book.settling(claim, "other", at(50), at(9));

        assertThat(ask(SECOND.now(11))).isEqualTo(new ClaimResult.InDoubt());
    }

    @Test
    void unknownOutcome_isKeptUntilItIsKnown() {
        Claim claim = unknown(FIRST);
        assertThat(row("first").state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(row("first").reason()).isEqualTo("timeout");
        assertThat(row("first").payload()).isNotNull();
        assertThat(row("first").leaseUntil()).isEqualTo(at(50));
        assertThat(book.unknown(claim, "still_unknown", at(90), at(45))).isTrue();
        assertThat(row("first").leaseUntil()).isEqualTo(at(90));
        assertThat(book.released(claim, "no", at(46))).isFalse();
        assertThat(book.settling(claim, "dev", at(99), at(46))).isFalse();

        assertThat(book.settled(claim, receipt("0x1"), DeliveryState.OWED, at(1000), at(60)))
                .isEqualTo(SettledResult.RECORDED);
        assertThat(row("first").delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(row("first").reason()).isNull();
    }

    @Test
    void endedPayments_keepNoPayload() {
        book.failed(settling(FIRST), "no_funds", at(1));
        assertThat(row("first").state()).isEqualTo(PaymentState.FAILED);
        assertThat(row("first").reason()).isEqualTo("no_funds");
        assertThat(row("first").payload()).isNull();

        book.released(claimed(SECOND), "resource_failed", at(71));
        assertThat(row("second").state()).isEqualTo(PaymentState.RELEASED);
        assertThat(row("second").reason()).isEqualTo("resource_failed");
        assertThat(row("second").payload()).isNull();

        book.expired(unknown(SECOND.key("third")), at(700));
        assertThat(row("third").state()).isEqualTo(PaymentState.EXPIRED);
        assertThat(row("third").payload()).isNull();
    }

    @Test
    void claimedPayment_mayExpire_butASettlingOneMayNot() {
        assertThat(book.expired(claimed(FIRST), at(700))).isTrue();
        assertThat(book.expired(settling(SECOND), at(700))).isFalse();
    }

    @Test
    void settlingPayment_isNeverReleasedNorDelivered() {
        Claim claim = settling(FIRST);

        assertThat(book.released(claim, "no", at(1))).isFalse();
        assertThat(book.delivered(claim, at(1))).isFalse();
        assertThat(book.owed(claim, at(1))).isFalse();
        assertThat(row("first").state()).isEqualTo(PaymentState.SETTLING);
    }

    @Test
    void settlementOfALivingRequest_isNotTakenOver() {
        Claim settling = settling(FIRST);
        Claim unknown = unknown(SECOND.request("another"));
        assertThat(book.renew(settling, at(9_000), at(1))).isTrue();
        assertThat(book.renew(unknown, at(9_000), at(1))).isTrue();

        assertThat(book.takeOver("reconciler", at(9_999), at(8_999), 10)).isEmpty();
        assertThat(book.takeOver("reconciler", at(9_999), at(9_000), 10)).hasSize(2);
        assertThat(book.renew(settling, at(9_999), at(9_001))).isFalse();
        assertThat(book.renew(unknown, at(9_999), at(9_001))).isFalse();
    }

    @Test
    void claimedPayment_isNeitherSettledNorFailedNorUnknown() {
        Claim claim = claimed(FIRST);

        assertThat(book.settled(claim, receipt("0x1"), DeliveryState.OWED, at(9), at(1)))
                .isEqualTo(SettledResult.LOST);
        assertThat(book.failed(claim, "no", at(1))).isFalse();
        assertThat(book.unknown(claim, "no", at(9), at(1))).isFalse();
        assertThat(row("first").state()).isEqualTo(PaymentState.CLAIMED);
    }

    @Test
    void foreignClaims_changeNothing() {
        Claim claim = settling(FIRST);
        Claim older = new Claim(claim.paymentId(), "first", claim.fence() - 1);
        Claim other = new Claim("another-id", "first", claim.fence());

        for (Claim lost : new Claim[] {older, other, new Claim("x", "nothing", 1)}) {
            assertThat(book.settling(lost, "x", at(9), at(1))).isFalse();
            assertThat(book.settled(lost, receipt("0x1"), DeliveryState.OWED, at(9), at(1)))
                    .isEqualTo(SettledResult.LOST);
            assertThat(book.unknown(lost, "no", at(9), at(1))).isFalse();
            assertThat(book.failed(lost, "no", at(1))).isFalse();
        }
        assertThat(row("first").state()).isEqualTo(PaymentState.SETTLING);
        assertThat(row("first").facilitator()).isEqualTo("dev");
    }

    @Test
    void transactionOfAnotherPayment_isNotBelieved() {
        settled(FIRST, DeliveryState.RUNNING);
        Claim claim = settling(SECOND.payer(payer(2)));

        assertThat(book.settled(claim, receipt("0xFIRST"), DeliveryState.RUNNING, at(1000), at(71)))
                .isEqualTo(SettledResult.DUPLICATE_TRANSACTION);
        assertThat(row("second").state()).isEqualTo(PaymentState.SETTLING);
        assertThat(row("second").payload()).isNotNull();
        assertThat(book.settledOnChain(claim, receipt("0xFIRST"), DeliveryState.OWED, at(1000), at(72)))
                .isEqualTo(SettledResult.RECORDED);
    }

    @Test
    void sameTransactionTextElsewhere_isAnotherTransaction() {
        book.delivered(settled(FIRST.network(SampleClaim.SOLANA), DeliveryState.RUNNING), at(1));
        Claim claim = settling(SECOND.key("a"));
        Claim upper = settling(SECOND.key("b").network(SampleClaim.SOLANA));

        assertThat(book.settled(claim, receipt("0xfirst"), DeliveryState.OWED, at(1000), at(71)))
                .isEqualTo(SettledResult.RECORDED);
        assertThat(book.settled(upper, receipt("0xFIRST"), DeliveryState.OWED, at(1000), at(71)))
                .isEqualTo(SettledResult.RECORDED);
    }
}
