package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.payer;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentState;
import org.junit.jupiter.api.Test;

/** What a payer is owed, who may fetch it, and what a doubt keeps back. */
abstract class OwingContract extends ClaimingContract {
    static final SampleClaim SECOND = SampleClaim.of("second").now(70);

    @Test
    void owedRun_goesToTheNextPaymentOfItsPayer_whichStaysUnspent() {
        Claim paid = settled(FIRST, DeliveryState.OWED);

        ClaimResult result = ask(SECOND.request("another").body(null));

        Claim run = ((ClaimResult.Owed) result).claim();
        assertThat(((ClaimResult.Owed) result).receipt()).isEqualTo(receipt("0xfirst"));
        assertThat(run.paymentId()).isEqualTo(paid.paymentId());
        assertThat(run.fence()).isGreaterThan(paid.fence());
        assertThat(row("first").claim()).isEqualTo(run);
        assertThat(row("first").state()).isEqualTo(PaymentState.SETTLED);
        assertThat(row("first").delivery()).isEqualTo(DeliveryState.RUNNING);
        assertThat(row("first").leaseUntil()).isEqualTo(at(100));
        assertThat(row("first").requestDigest()).isEqualTo("get-risk");
        assertThat(book.find("second")).isEmpty();
        assertThat(book.owed(paid, at(71))).isFalse();
        assertThat(book.delivered(run, at(71))).isTrue();
        claimed(SampleClaim.of("third").now(72));
    }

    /** Its answer was lost the first time. */
    @Test
    void claimMadeAgain_answersAsItDid() {
        ClaimRequest request = FIRST.toRequest();
        ClaimResult first = book.claim(request);
        assertThat(first).isInstanceOf(ClaimResult.Claimed.class);

        assertThat(book.claim(request)).isEqualTo(first);
        assertThat(ask(FIRST)).isEqualTo(new ClaimResult.InFlight());
    }

    @Test
    void claimOfAnOwedRunMadeAgain_answersAsItDid() {
        settled(FIRST, DeliveryState.OWED);
        ClaimRequest request = SECOND.toRequest();
        ClaimResult first = book.claim(request);
        assertThat(first).isInstanceOf(ClaimResult.Owed.class);

        assertThat(book.claim(request)).isEqualTo(first);
        assertThat(ask(SECOND)).isEqualTo(new ClaimResult.InFlight());
        assertThat(book.released(((ClaimResult.Owed) first).claim(), "answer_lost", at(71)))
                .isTrue();
        fetched(SECOND.key("third"));
    }

    @Test
    void owedRun_isNotForOthers() {
        settled(FIRST, DeliveryState.OWED);

        claimed(SECOND.key("a").payer(payer(2)));
        claimed(SECOND.key("b").route("other"));
        claimed(SECOND.key("c").network(SampleClaim.SOLANA));
        claimed(SECOND.key("d").amount(10_001));
        assertThat(row("first").delivery()).isEqualTo(DeliveryState.OWED);
        fetched(SECOND.key("e").amount(9_999));
    }

    @Test
    void owedRun_isNotFetchedByAPaymentThatDoesNotMeetTheTerms() {
        settled(FIRST, DeliveryState.OWED);

        assertThat(ask(SECOND.onlyIfKnown())).isEqualTo(new ClaimResult.NotKnown());
        assertThat(row("first").delivery()).isEqualTo(DeliveryState.OWED);
    }

    @Test
    void brokenRun_isOwedAgain() {
        settled(FIRST, DeliveryState.OWED);

        assertThat(book.owed(fetched(SECOND), at(71))).isTrue();
        assertThat(book.released(fetched(SECOND.key("third")), "resource_failed", at(72)))
                .isTrue();
        assertThat(row("first").state()).isEqualTo(PaymentState.SETTLED);
        assertThat(row("first").delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(row("first").receipt()).isEqualTo(receipt("0xfirst"));
        fetched(SECOND.now(73));
    }

    @Test
    void runOfALostRequest_isDueOnceItsLeaseLapses() {
        Claim lost = settled(FIRST, DeliveryState.RUNNING); // its lease: until 40
        claimed(SECOND.key("a").now(39));

        Claim run = fetched(SECOND.key("b").now(40));

        assertThat(book.delivered(lost, at(41))).isFalse();
        assertThat(book.delivered(run, at(41))).isTrue();
    }

    @Test
    void renewedRun_isNotDue() {
        Claim claim = settled(FIRST, DeliveryState.RUNNING);
        assertThat(book.renew(claim, at(400), at(39))).isTrue();

        claimed(SECOND);
        assertThat(book.delivered(claim, at(399))).isTrue();
        assertThat(book.renew(claim, at(500), at(400))).isFalse();
    }

    @Test
    void paymentThatFetchedARun_buysNothingMore() {
        settled(FIRST, DeliveryState.OWED);
        Claim run = fetched(SECOND);
        assertThat(ask(SECOND)).isEqualTo(new ClaimResult.InFlight());
        book.delivered(run, at(71));

        assertThat(ask(SECOND.now(500))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
        assertThat(ask(SECOND.now(500).onlyIfKnown())).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
    }

    @Test
    void owedRuns_goOldestFirstAndEachOnce() {
        // The second one is entered while the first is still running, so that both end up owed.
        Claim older = settled(FIRST.request("x"), DeliveryState.RUNNING);
        settled(FIRST.key("younger").now(5), DeliveryState.OWED);
        book.owed(older, at(6));

        assertThat(fetched(SECOND.key("a")).key()).isEqualTo("first");
        assertThat(fetched(SECOND.key("b")).key()).isEqualTo("younger");
        claimed(SECOND.key("c"));
    }

    @Test
    void originalPayment_isHonouredForAGraceAndForTheSameRequest() {
        settled(FIRST.body("b"), DeliveryState.OWED);
        ClaimResult paid = new ClaimResult.AlreadyPaid(receipt("0xfirst"));

        assertThat(ask(FIRST.body("b").now(61))).isEqualTo(paid);
        assertThat(ask(FIRST.body("c").now(60))).isEqualTo(paid);
        assertThat(ask(FIRST.body(null).now(60))).isEqualTo(paid);
        assertThat(ask(FIRST.body("b").request("another").now(60))).isEqualTo(paid);
        assertThat(fetched(FIRST.body("b").now(60)).key()).isEqualTo("first");
    }

    @Test
    void unreadBody_isNeverHonouredAgain() {
        settled(FIRST.body(null), DeliveryState.OWED);

        assertThat(ask(FIRST.body(null).now(1))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
    }

    @Test
    void lapsedRun_isOwedNoMoreAndBecomesARefund() {
        settled(FIRST, DeliveryState.OWED); // until 1000
        assertThat(book.lapseOwed(at(999))).isZero();
        claimed(SECOND.key("a").now(1000));

        assertThat(book.lapseOwed(at(1000))).isOne();
        assertThat(book.lapseOwed(at(1001))).isZero();
        assertThat(row("first").state()).isEqualTo(PaymentState.REFUND_DUE);
        assertThat(ask(FIRST.now(1001))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
        claimed(SECOND.key("b").now(1001));
    }

    @Test
    void deliveredAndRunningPayments_neverLapse() {
        book.delivered(settled(FIRST, DeliveryState.RUNNING), at(1));
        settled(FIRST.key("running").now(2), DeliveryState.RUNNING);

        assertThat(book.lapseOwed(at(5000))).isZero();
    }

    @Test
    void doubt_holdsBackTheSameRequestOfTheSamePayerOnly() {
        unknown(FIRST.body("b"));

        assertThat(ask(SECOND.key("a").body("b"))).isEqualTo(new ClaimResult.InDoubt());
        assertThat(ask(SECOND.key("b").body(null))).isEqualTo(new ClaimResult.InDoubt());
        assertThat(ask(SECOND.key("c").body("b").onlyIfKnown())).isEqualTo(new ClaimResult.InDoubt());
        claimed(SECOND.key("d").body("c"));
        claimed(SECOND.key("e").body("b").request("another"));
        claimed(SECOND.key("f").body("b").payer(payer(2)));
        assertThat(book.find("a")).isEmpty();
    }

    @Test
    void doubt_isOver_onceTheOutcomeIsKnown() {
        book.failed(unknown(FIRST), "not_settled", at(60));

        claimed(SECOND);
    }

    @Test
    void settlement_isInDoubtOnceItTakesLong() {
        settling(FIRST);

        claimed(SECOND.key("a").now(10));
        assertThat(ask(SECOND.key("b").now(11))).isEqualTo(new ClaimResult.InDoubt());
    }

    @Test
    void settlementOfALostRequest_isInDoubtHoweverYoungItIs() {
        Claim claim = claimed(FIRST);
        book.settling(claim, "dev", at(2), at(0));
        claimed(SECOND.key("a").now(1));
        assertThat(ask(SECOND.key("b").now(2))).isEqualTo(new ClaimResult.InDoubt());

        assertThat(book.takeOver("reconciler", at(60), at(2), 10)).hasSize(1);
        assertThat(ask(SECOND.key("c").now(3))).isEqualTo(new ClaimResult.InDoubt());
    }
}
