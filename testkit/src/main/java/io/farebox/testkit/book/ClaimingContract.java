package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.MAX_RELEASES;
import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.payer;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Book;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.SettledResult;
import java.math.BigInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a claim is answered, by the state of the payment's own row. */
abstract class ClaimingContract {
    static final SampleClaim FIRST = SampleClaim.of("first");

    @SuppressWarnings("NullAway.Init") // set before each test
    Book book;

    /** An empty book. Whoever opens it closes it. */
    protected abstract Book open();

    @BeforeEach
    void openBook() {
        book = open();
    }

    ClaimResult ask(SampleClaim sample) {
        return book.claim(sample.toRequest());
    }

    Claim claimed(SampleClaim sample) {
        ClaimResult result = ask(sample);
        assertThat(result).isInstanceOf(ClaimResult.Claimed.class);
        return ((ClaimResult.Claimed) result).claim();
    }

    Claim fetched(SampleClaim sample) {
        ClaimResult result = ask(sample);
        assertThat(result).isInstanceOf(ClaimResult.Owed.class);
        return ((ClaimResult.Owed) result).claim();
    }

    Claim settling(SampleClaim sample) {
        Claim claim = claimed(sample);
        assertThat(book.settling(claim, "dev", at(sample.now() + 40), at(sample.now())))
                .isTrue();
        return claim;
    }

    Claim settled(SampleClaim sample, DeliveryState delivery) {
        Claim claim = settling(sample);
        assertThat(book.settled(claim, receipt("0x" + sample.key()), delivery, at(1000), at(sample.now())))
                .isEqualTo(SettledResult.RECORDED);
        return claim;
    }

    Claim unknown(SampleClaim sample) {
        Claim claim = settling(sample);
        assertThat(book.unknown(claim, "timeout", at(sample.now() + 50), at(sample.now())))
                .isTrue();
        return claim;
    }

    PaymentRecord row(String key) {
        return book.find(key).orElseThrow();
    }

    @Test
    void newPayment_isClaimedAndWrittenDown() {
        Claim claim = claimed(FIRST.body(null));

        PaymentRecord row = row("first");
        assertThat(row.claim()).isEqualTo(claim);
        assertThat(row.state()).isEqualTo(PaymentState.CLAIMED);
        assertThat(row.delivery()).isEqualTo(DeliveryState.NONE);
        assertThat(row.payer()).isEqualTo(payer(1));
        assertThat(row.network()).isEqualTo(SampleClaim.BASE);
        assertThat(row.asset()).isEqualTo("usdc-on-eip155");
        assertThat(row.amount()).isEqualTo(10_000);
        assertThat(row.payTo()).isEqualTo("the-payee");
        assertThat(row.routeId()).isEqualTo("risk");
        assertThat(row.priceVersion()).isEqualTo("prices-1");
        assertThat(row.requestDigest()).isEqualTo("get-risk");
        assertThat(row.bodyDigest()).isNull();
        assertThat(row.validBefore()).isEqualTo(at(600));
        assertThat(row.payload()).isEqualTo("payload of first");
        assertThat(row.receipt()).isNull();
        assertThat(row.facilitator()).isNull();
        assertThat(row.reason()).isNull();
        assertThat(row.owedUntil()).isNull();
        assertThat(row.releases()).isZero();
        assertThat(row.leaseUntil()).isEqualTo(at(30));
        assertThat(row.createdAt()).isEqualTo(at(0));
        assertThat(row.updatedAt()).isEqualTo(at(0));
    }

    @Test
    void largestAmount_isKeptExactly() {
        BigInteger largest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        book.claim(LargeClaim.of(FIRST, largest));

        assertThat(row("first").amount()).isEqualTo(largest);
    }

    @Test
    void windowWithoutEnd_isKept() {
        book.claim(LargeClaim.endless(FIRST));

        assertThat(row("first").validBefore()).isAfter(at(1_000_000_000));
    }

    @Test
    void unknownKey_isNotFound() {
        assertThat(book.find("nothing")).isEmpty();
    }

    @Test
    void claimedPayment_isInFlightUntilItsLeaseLapses() {
        Claim lost = claimed(FIRST);

        assertThat(ask(FIRST.now(29))).isEqualTo(new ClaimResult.InFlight());
        Claim taken = claimed(FIRST.now(30));
        assertThat(taken.fence()).isGreaterThan(lost.fence());
        assertThat(taken.paymentId()).isEqualTo(lost.paymentId());
        assertThat(book.settling(lost, "dev", at(60), at(30))).isFalse();
        assertThat(book.settling(taken, "dev", at(60), at(30))).isTrue();
    }

    @Test
    void renewedClaim_isInFlightForLonger() {
        Claim claim = claimed(FIRST);
        assertThat(book.renew(claim, at(100), at(25))).isTrue();

        assertThat(ask(FIRST.now(99))).isEqualTo(new ClaimResult.InFlight());
        assertThat(row("first").leaseUntil()).isEqualTo(at(100));
    }

    @Test
    void settlingPayment_isInFlightEvenBeyondItsLease() {
        settling(FIRST);

        assertThat(ask(FIRST.now(500))).isEqualTo(new ClaimResult.InFlight());
    }

    @Test
    void unknownPayment_isInDoubtForItself() {
        unknown(FIRST);

        assertThat(ask(FIRST.request("another"))).isEqualTo(new ClaimResult.InDoubt());
    }

    @Test
    void deliveredPayment_isAlreadyPaid() {
        Claim claim = settled(FIRST, DeliveryState.RUNNING);
        assertThat(ask(FIRST.now(1))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
        book.delivered(claim, at(1));

        assertThat(ask(FIRST.now(2))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
        assertThat(ask(FIRST.now(2).onlyIfKnown())).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
    }

    @Test
    void expiredPayment_isSpent() {
        book.expired(unknown(FIRST), at(700));

        assertThat(ask(FIRST.now(701))).isEqualTo(new ClaimResult.Spent());
    }

    @Test
    void releasedPayment_isClaimedAnewWithWhatCameLast() {
        book.released(claimed(FIRST), "resource_failed", at(1));
        claimed(FIRST.route("other")
                .amount(7)
                .request("another")
                .body("b")
                .payer(payer(2))
                .now(2));

        PaymentRecord row = row("first");
        assertThat(row.state()).isEqualTo(PaymentState.CLAIMED);
        assertThat(row.payer()).isEqualTo(payer(2));
        assertThat(row.routeId()).isEqualTo("other");
        assertThat(row.amount()).isEqualTo(7);
        assertThat(row.requestDigest()).isEqualTo("another");
        assertThat(row.bodyDigest()).isEqualTo("b");
        assertThat(row.payload()).isEqualTo("payload of first");
        assertThat(row.reason()).isNull();
        assertThat(row.releases()).isOne();
        assertThat(row.createdAt()).isEqualTo(at(0));
    }

    @Test
    void failedPayment_isClaimedAnewWithoutItsFacilitator() {
        book.failed(settling(FIRST), "insufficient_funds", at(1));
        claimed(FIRST.now(2));

        assertThat(row("first").facilitator()).isNull();
        assertThat(row("first").reason()).isNull();
    }

    @Test
    void releases_areBounded() {
        for (int i = 0; i < MAX_RELEASES; i++) book.released(claimed(FIRST), "resource_failed", at(1));

        assertThat(ask(FIRST)).isEqualTo(new ClaimResult.Spent());
    }

    @Test
    void failuresAndLapsedClaims_countAsReleases() {
        book.failed(settling(FIRST), "insufficient_funds", at(1));
        book.released(claimed(FIRST), "resource_failed", at(1));
        claimed(FIRST);
        assertThat(ask(FIRST.now(29))).isEqualTo(new ClaimResult.InFlight());

        assertThat(ask(FIRST.now(30))).isEqualTo(new ClaimResult.Spent());
    }

    @Test
    void knownOnly_entersNothing() {
        assertThat(ask(FIRST.onlyIfKnown())).isEqualTo(new ClaimResult.NotKnown());
        assertThat(book.find("first")).isEmpty();

        book.released(claimed(FIRST), "resource_failed", at(1));
        assertThat(ask(FIRST.onlyIfKnown())).isEqualTo(new ClaimResult.NotKnown());
        assertThat(row("first").state()).isEqualTo(PaymentState.RELEASED);
    }
}
