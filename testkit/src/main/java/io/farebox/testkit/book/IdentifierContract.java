package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.payer;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of requests to which their payer gave the same identifier. */
abstract class IdentifierContract extends OwingContract {
    private static final String ID = "the-payers-own-name";
    private static final SampleClaim NAMED = FIRST.identifier(ID);
    private static final SampleClaim AGAIN =
            SampleClaim.of("again").identifier(ID).now(5);

    @Test
    void sameRequestUnderWay_isNotPaidTwice() {
        Claim first = claimed(NAMED);
        assertThat(ask(AGAIN)).isEqualTo(new ClaimResult.InFlight());

        book.settling(first, "dev", at(40), at(1));
        assertThat(ask(AGAIN)).isEqualTo(new ClaimResult.InFlight());

        book.settled(first, receipt("0x1"), DeliveryState.RUNNING, at(1000), at(2));
        assertThat(ask(AGAIN)).isEqualTo(new ClaimResult.InFlight());
        assertThat(book.find("again")).isEmpty();
    }

    @Test
    void sameRequestDelivered_isAnsweredWithItsReceipt() {
        book.delivered(settled(NAMED, DeliveryState.RUNNING), at(1));

        assertThat(ask(AGAIN)).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
        assertThat(ask(AGAIN.now(86_000))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
        assertThat(book.find("again")).isEmpty();
    }

    @Test
    void sameRequestInDoubt_isInDoubt() {
        unknown(NAMED);

        assertThat(ask(AGAIN)).isEqualTo(new ClaimResult.InDoubt());
    }

    @Test
    void sameRequestOwed_isServedOnWhatWasPaid_whateverItCostsNow() {
        settled(NAMED, DeliveryState.OWED);

        Claim run = fetched(AGAIN.amount(50_000).route("renamed"));

        assertThat(ask(AGAIN.key("third"))).isEqualTo(new ClaimResult.InFlight());
        book.delivered(run, at(6));
        assertThat(ask(AGAIN.key("third"))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
    }

    @Test
    void requestServedOnWhatWasOwed_keepsItsIdentifier() {
        settled(FIRST, DeliveryState.OWED);

        book.delivered(fetched(AGAIN.request("another")), at(6));

        assertThat(ask(AGAIN.key("third").request("another")))
                .isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
    }

    @Test
    void anotherRequest_isAConflict() {
        claimed(NAMED);

        assertThat(ask(AGAIN.request("another"))).isEqualTo(new ClaimResult.IdentifierTaken());
        assertThat(ask(AGAIN.body("another"))).isEqualTo(new ClaimResult.IdentifierTaken());
        assertThat(ask(AGAIN.body(null))).isEqualTo(new ClaimResult.InFlight());
        assertThat(book.find("again")).isEmpty();
    }

    @Test
    void anotherPayer_hasIdentifiersOfItsOwn() {
        claimed(NAMED);

        claimed(AGAIN.payer(payer(2)).request("another"));
    }

    @Test
    void requestThatCameToNothing_passesItsIdentifierOn() {
        book.released(claimed(NAMED), "no", at(1));
        Claim second = claimed(AGAIN);
        book.settling(second, "dev", at(40), at(6));
        book.failed(second, "no", at(7));
        claimed(AGAIN.key("third").now(8));
        Claim fourth = claimed(AGAIN.key("fourth").now(39)); // the third one's lease: until 38
        book.expired(fourth, at(40));

        claimed(AGAIN.key("fifth").now(41));

        assertThat(ask(AGAIN.key("sixth").now(42))).isEqualTo(new ClaimResult.InFlight());
    }

    @Test
    void paymentGivenBack_isClaimedAgainUnderItsIdentifier() {
        book.released(claimed(NAMED), "no", at(1));

        claimed(NAMED.now(2));

        assertThat(ask(AGAIN)).isEqualTo(new ClaimResult.InFlight());
    }

    @Test
    void paymentThatDoesNotMeetTheTerms_learnsNothing() {
        book.delivered(settled(NAMED, DeliveryState.RUNNING), at(1));

        assertThat(ask(AGAIN.onlyIfKnown())).isEqualTo(new ClaimResult.NotKnown());
    }

    @Test
    void identifier_isForgottenAfterADay() {
        book.delivered(settled(NAMED, DeliveryState.RUNNING), at(1));
        book.lapseOwed(at(86_400));
        assertThat(ask(AGAIN.request("another").now(86_400))).isEqualTo(new ClaimResult.IdentifierTaken());

        book.lapseOwed(at(86_401));

        claimed(AGAIN.request("another").now(86_401));
    }

    @Test
    void manyPaymentsOfOneIdentifier_haveOneWinner() throws Exception {
        List<ClaimResult> results = BookContract.together(100, i -> () -> ask(AGAIN.key("k" + i)));

        assertThat(results).filteredOn(ClaimResult.Claimed.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(ClaimResult.InFlight.class::isInstance).hasSize(99);
    }
}
