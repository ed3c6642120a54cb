package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.payer;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.DeskAct;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.Erasure;
import io.farebox.gate.ErasureResult;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.Retention;
import io.farebox.gate.Shelf;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is deleted and when, and what is left of a payer who wants to be forgotten. */
abstract class ClearingContract extends DeskContract {
    /** What rests since before second 100 may go, if its window ended by second 700. */
    private static final Retention OLD = new Retention(at(100), at(100), at(700));

    private int forgotten(Retention retention) {
        return desk.forget(retention, 100);
    }

    @Test
    void oldPayments_areDeleted_eachKindAfterItsTime() {
        book.delivered(settled(FIRST.key("paid").request("p"), DeliveryState.RUNNING), at(50));
        book.released(claimed(FIRST.key("released").request("r")), "no", at(50));
        book.failed(settling(FIRST.key("failed").request("f")), "no", at(50));
        book.expired(unknown(FIRST.key("expired").request("x")), at(50));
        book.released(claimed(FIRST.key("young").request("y")), "no", at(100));

        assertThat(forgotten(new Retention(at(100), at(50), at(700)))).isEqualTo(3);
        for (String key : List.of("released", "failed", "expired"))
            assertThat(book.find(key)).isEmpty();
        assertThat(book.find("paid")).isPresent();
        assertThat(forgotten(new Retention(at(100), at(51), at(700)))).isOne();
        assertThat(book.find("paid")).isEmpty();
        assertThat(book.find("young")).isPresent();
        assertThat(forgotten(OLD)).isZero();
    }

    /** A deleted payment is one that nobody has seen: while its window is open it could be paid with once more. */
    @Test
    void payment_whoseWindowIsOpen_isNeverDeleted() {
        book.delivered(settled(FIRST.key("paid").request("p"), DeliveryState.RUNNING), at(50));
        book.released(claimed(FIRST.key("released")), "no", at(50));

        assertThat(forgotten(new Retention(at(100), at(100), at(599)))).isZero();
        assertThat(ask(FIRST.key("paid").now(599))).isInstanceOf(ClaimResult.AlreadyPaid.class);
        assertThat(forgotten(new Retention(at(100), at(100), at(600)))).isEqualTo(2);
    }

    @Test
    void whatIsOpen_isNeverDeleted() {
        claimed(FIRST.key("claimed").request("c"));
        settling(FIRST.key("settling").request("s"));
        unknown(FIRST.key("unknown").request("u"));
        settled(FIRST.key("running").request("r"), DeliveryState.RUNNING);
        settled(FIRST.key("owed").request("o").route("o"), DeliveryState.OWED);
        settled(FIRST.key("due").request("d").route("d"), DeliveryState.OWED);
        done("due", new DeskAct.RefundDue(), 1);

        assertThat(forgotten(new Retention(at(9_000_000), at(9_000_000), at(9_000_000))))
                .isZero();
    }

    @Test
    void refundedAndReversedPayments_areDeletedAsPaidOnes() {
        settled(FIRST.key("refunded").request("r").route("r"), DeliveryState.OWED);
        done("refunded", new DeskAct.RefundDue(), 1);
        done("refunded", REFUNDED, 2);
        settled(FIRST.key("reversed").request("s").route("s"), DeliveryState.OWED);
        done("reversed", new DeskAct.Reversed(), 2);
        String id = id("refunded");

        assertThat(forgotten(OLD)).isEqualTo(2);
        assertThat(desk.byId(id)).isEmpty();
        assertThat(desk.entries(id)).hasSize(2);
    }

    @Test
    void deletion_isBounded() {
        for (int i = 0; i < 7; i++) book.released(claimed(FIRST.key("k" + i).request("k" + i)), "no", at(50));

        assertThat(desk.forget(OLD, 3)).isEqualTo(3);
        assertThat(desk.forget(OLD, 3)).isEqualTo(3);
        assertThat(desk.forget(OLD, 3)).isOne();
    }

    @Test
    void deletion_byManyAtOnce_deletesEachOnce() throws Exception {
        for (int i = 0; i < 40; i++) book.released(claimed(FIRST.key("k" + i).request("k" + i)), "no", at(50));

        List<Integer> gone = BookContract.together(8, i -> () -> desk.forget(OLD, 10));

        assertThat(gone.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
    }

    private ErasureResult erase(String who, long restingSince) {
        return desk.erase(new Erasure(
                who,
                text -> "gone-" + text.length() + "-" + text.hashCode(),
                at(restingSince),
                at(9000),
                "kim",
                "asked for it",
                100));
    }

    @Test
    void erasedPayer_isNowhereInTheBook_andTheMoneyIs() {
        book.delivered(settled(FIRST.key(payer(1) + ":1"), DeliveryState.RUNNING), at(50));
        book.released(claimed(FIRST.key(payer(1) + ":2").request("r")), "no", at(50));
        book.released(claimed(FIRST.key("other").payer(payer(2))), "no", at(50));
        PaymentRecord before = row(payer(1) + ":1");

        assertThat(erase(payer(1), 700)).isEqualTo(new ErasureResult.Erased(2, false));

        assertThat(book.find(payer(1) + ":1")).isEmpty();
        PaymentRecord after = desk.byId(before.claim().paymentId()).orElseThrow();
        assertThat(withoutTransaction(after)).doesNotContain(payer(1));
        assertThat(after.payer()).startsWith("gone-");
        assertThat(after.amount()).isEqualTo(before.amount());
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(desk.list(DeskQuery.of(Shelf.UNPAID, 10)))
                .extracting(PaymentRecord::payer)
                .contains(payer(2))
                .doesNotContain(payer(1));
        assertThat(erase(payer(1), 700)).isEqualTo(new ErasureResult.Erased(0, false));
    }

    /** These samples' transactions are made of the key. */
    private static String withoutTransaction(PaymentRecord row) {
        return row.toString().replaceAll("transaction=[^,]*", "");
    }

    @Test
    void payerWithSomethingOpen_isNotErased() {
        book.delivered(settled(FIRST.key("paid").request("p"), DeliveryState.RUNNING), at(50));
        settled(FIRST.key("owed").route("o"), DeliveryState.OWED);

        assertThat(erase(payer(1), 700)).isEqualTo(new ErasureResult.StillOpen());
        done("owed", new DeskAct.RefundDue(), 60);
        assertThat(erase(payer(1), 700)).isEqualTo(new ErasureResult.StillOpen());
        assertThat(row("paid").payer()).isEqualTo(payer(1));
        done("owed", REFUNDED, 61);
        assertThat(erase(payer(1), 700)).isEqualTo(new ErasureResult.Erased(2, false));
    }

    /** Under its pseudonym a payment is not recognised: as long as it could be paid with, it keeps its name. */
    @Test
    void youngPayments_keepTheirPayer() {
        book.delivered(settled(FIRST, DeliveryState.RUNNING), at(50));

        assertThat(erase(payer(1), 600)).isEqualTo(new ErasureResult.Erased(0, true));
        assertThat(ask(FIRST.now(60))).isInstanceOf(ClaimResult.AlreadyPaid.class);
        assertThat(erase(payer(1), 601)).isEqualTo(new ErasureResult.Erased(1, false));
    }

    @Test
    void paymentThatFetchedARun_isErasedWithIt() {
        settled(FIRST, DeliveryState.OWED);
        book.delivered(fetched(SECOND.key(payer(1) + ":2")), at(80));
        String id = id("first");

        assertThat(erase(payer(1), 700)).isEqualTo(new ErasureResult.Erased(1, false));
        assertThat(desk.byId(id).orElseThrow().toString()).doesNotContain(payer(1));
    }
}
