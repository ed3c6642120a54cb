package io.farebox.ledger;

import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.gate.Book;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.testkit.book.SampleClaim;
import org.junit.jupiter.api.Test;

/** What is finished is answered without asking anybody; whatever else, as if it were not there. */
class FinishedBookTest {
    private static final SampleClaim PAID = SampleClaim.of("paid");

    private final InMemoryBook behind = new InMemoryBook();
    private final Book remembering = new FinishedBook(behind, () -> {});

    private Claim settled() {
        Claim claim = ((ClaimResult.Claimed) remembering.claim(PAID.toRequest())).claim();
        remembering.settling(claim, "dev", at(40), at(1));
        remembering.settled(claim, receipt("0x1"), DeliveryState.RUNNING, at(1000), at(2));
        return claim;
    }

    @Test
    void finishedPayment_isAnsweredThoughTheBookIsAway() {
        remembering.delivered(settled(), at(3));
        ClaimResult first = remembering.claim(PAID.toRequest());
        assertThat(first).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0x1")));

        behind.failNext(1);

        assertThat(remembering.claim(PAID.now(100).toRequest())).isEqualTo(first);
        assertThatExceptionOfType(BookUnavailableException.class)
                .isThrownBy(() -> remembering.claim(SampleClaim.of("another").toRequest()));
    }

    @Test
    void paidAndNotDelivered_isNotRemembered() {
        Claim claim = settled();
        remembering.owed(claim, at(3));
        SampleClaim other = PAID.request("another");
        assertThat(remembering.claim(other.now(100).toRequest())).isInstanceOf(ClaimResult.AlreadyPaid.class);

        assertThat(remembering.claim(PAID.now(4).toRequest())).isInstanceOf(ClaimResult.Owed.class);
    }
}
