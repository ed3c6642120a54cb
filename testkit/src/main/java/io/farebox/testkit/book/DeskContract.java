package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.payer;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.DeskAct;
import io.farebox.gate.DeskCursor;
import io.farebox.gate.DeskEntry;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.DeskResult;
import io.farebox.gate.DeskResult.Why;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.SettledResult;
import io.farebox.gate.Shelf;
import io.farebox.gate.Tally;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people see of the book, and the steps that they take. */
abstract class DeskContract extends SettlingContract {
    static final DeskAct.Refunded REFUNDED = new DeskAct.Refunded("0xback");

    @SuppressWarnings("NullAway.Init") // set before each test
    BookDesk desk;

    /** The desk of the book that {@link #open} opened. */
    protected abstract BookDesk desk(Book opened);

    @BeforeEach
    void openDesk() {
        desk = desk(book);
    }

    /** On an operator's word, when no window is over yet. */
    DeskResult act(String key, DeskAct.Change change, long second) {
        return desk.act(new DeskAct(id(key), change, false, at(0), at(second), "kim", "told by phone"));
    }

    DeskResult done(String key, DeskAct.Change change, long second) {
        DeskResult result = act(key, change, second);
        assertThat(result).isEqualTo(new DeskResult.Done(row(key)));
        return result;
    }

    void refused(DeskResult result, Why why) {
        assertThat(result).isInstanceOf(DeskResult.Refused.class);
        assertThat(((DeskResult.Refused) result).why()).isEqualTo(why);
    }

    String id(String key) {
        return row(key).claim().paymentId();
    }

    static DeskAct.Charged charged(String transaction) {
        return new DeskAct.Charged(transaction, at(5000));
    }

    private List<String> keys(Shelf shelf) {
        return keys(desk.list(DeskQuery.of(shelf, 100)));
    }

    private static List<String> keys(List<PaymentRecord> rows) {
        return rows.stream().map(row -> row.claim().key()).toList();
    }

    @Test
    void everyPayment_liesOnTheShelfOfItsState() {
        claimed(FIRST.key("claimed"));
        settling(FIRST.key("settling"));
        unknown(FIRST.key("unknown"));
        settled(FIRST.key("running").request("r"), DeliveryState.RUNNING);
        settled(FIRST.key("owed").request("o").route("o"), DeliveryState.OWED);
        book.delivered(settled(FIRST.key("complete").request("c"), DeliveryState.RUNNING), at(1));
        book.released(claimed(FIRST.key("released").request("l")), "no", at(1));
        book.failed(settling(FIRST.key("failed").request("f")), "no", at(1));
        book.expired(unknown(FIRST.key("expired").request("x")), at(700));

        assertThat(keys(Shelf.UNKNOWN)).containsExactly("unknown");
        assertThat(keys(Shelf.OWED)).containsExactly("owed");
        assertThat(keys(Shelf.PAID)).containsExactly("complete");
        assertThat(keys(Shelf.UNPAID)).containsExactlyInAnyOrder("released", "failed", "expired");
        assertThat(keys(Shelf.REFUND_DUE)).isEmpty();
        book.lapseOwed(at(1000));
        assertThat(keys(Shelf.REFUND_DUE)).containsExactly("owed");
        assertThat(keys(Shelf.OWED)).isEmpty();
    }

    @Test
    void shelf_isReadPageByPage_whateverBecomesOfThePagesBefore() {
        for (int i = 0; i < 7; i++) book.released(claimed(FIRST.key("k" + i).now(i / 2)), "no", at(4));
        assertThat(keys(desk.list(DeskQuery.of(Shelf.UNPAID, 10).between(at(1), at(3)))))
                .containsExactlyInAnyOrder("k2", "k3", "k4", "k5");
        DeskQuery query = DeskQuery.of(Shelf.UNPAID, 3);
        List<String> seen = new ArrayList<>();
        List<PaymentRecord> page = desk.list(query);
        while (!page.isEmpty()) {
            seen.addAll(keys(page));
            claimed(FIRST.key(page.getLast().claim().key()).now(5)); // leaves the shelf
            page = desk.list(
                    query.after(DeskCursor.parse(DeskCursor.of(page.getLast()).text())));
        }

        // Two were claimed at each instant; which of them comes first is not said.
        assertThat(seen).containsExactlyInAnyOrder("k0", "k1", "k2", "k3", "k4", "k5", "k6");
        assertThat(seen.getLast()).isEqualTo("k6");
    }

    @Test
    void payment_isFoundByItsId() {
        settling(FIRST);

        assertThat(desk.byId(id("first"))).contains(row("first"));
        assertThat(desk.byId("nobody")).isEmpty();
    }

    @Test
    void tallies_countWhatIsOpen_byShelfNetworkAndAsset() {
        assertThat(desk.tallies()).isEmpty();
        unknown(FIRST.key("a").now(3));
        unknown(FIRST.key("b").request("b").now(2));
        settled(FIRST.key("c").request("c").route("c").network(SampleClaim.SOLANA), DeliveryState.OWED);
        claimed(FIRST.key("d").request("d"));

        assertThat(desk.tallies())
                .containsExactly(
                        new Tally(
                                Shelf.UNKNOWN,
                                SampleClaim.BASE,
                                "usdc-on-eip155",
                                2,
                                BigInteger.valueOf(20_000),
                                at(2),
                                false),
                        new Tally(
                                Shelf.OWED,
                                SampleClaim.SOLANA,
                                "usdc-on-solana",
                                1,
                                BigInteger.valueOf(10_000),
                                at(0),
                                false));
    }

    @Test
    void unknownPayment_chargedAsAnOperatorSays_isOwed_andWrittenDown() {
        Claim lost = unknown(FIRST);

        done("first", charged("0xAB"), 60);

        PaymentRecord row = row("first");
        assertThat(row.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(row.delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(Objects.requireNonNull(row.receipt()).transaction()).isEqualTo("0xAB");
        assertThat(row.owedUntil()).isEqualTo(at(5000));
        assertThat(row.payload()).isNull();
        assertThat(row.reason()).isNull();
        assertThat(row.claim().fence()).isGreaterThan(lost.fence());
        assertThat(book.failed(lost, "late", at(61))).isFalse();
        assertThat(desk.entries(id("first")))
                .containsExactly(new DeskEntry(
                        at(60), "kim", "charged", "UNKNOWN/NONE", "SETTLED/OWED", "operator", "0xAB", "told by phone"));
        fetched(SECOND);
    }

    @Test
    void step_takenAgain_isAnsweredSo_andWrittenDownOnce() {
        unknown(FIRST);
        done("first", charged("0xAB"), 60);

        assertThat(act("first", charged("0xab"), 61)).isEqualTo(new DeskResult.Already(row("first")));
        refused(act("first", charged("0xac"), 62), Why.OTHER_TRANSACTION);
        assertThat(row("first").updatedAt()).isEqualTo(at(60));
        assertThat(desk.entries(id("first"))).hasSize(1);
    }

    @Test
    void transactionOfAnotherPayment_isTakenOnTheChainsWordOnly() {
        settled(FIRST, DeliveryState.RUNNING);
        unknown(SECOND.payer(payer(2)));

        refused(act("second", charged("0xFIRST"), 80), Why.DUPLICATE_TRANSACTION);
        assertThat(row("second").state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(row("second").payload()).isNotNull();
        DeskAct proven = new DeskAct(id("second"), charged("0xFIRST"), true, at(0), at(81), "kim", "");
        assertThat(desk.act(proven)).isInstanceOf(DeskResult.Done.class);
        assertThat(desk.entries(id("second"))).extracting(DeskEntry::word).containsExactly("chain");
    }

    @Test
    void unknownPayment_isNotDeclaredUnchargedWhileItCanBeCharged() {
        Claim lost = unknown(FIRST); // valid until 600
        DeskAct.NotCharged change = new DeskAct.NotCharged();
        DeskAct early = new DeskAct(id("first"), change, false, at(599), at(899), "kim", "");
        refused(desk.act(early), Why.WINDOW_OPEN);
        assertThat(row("first").state()).isEqualTo(PaymentState.UNKNOWN);

        DeskAct late = new DeskAct(id("first"), change, false, at(600), at(900), "kim", "");
        assertThat(desk.act(late)).isEqualTo(new DeskResult.Done(row("first")));
        assertThat(row("first").state()).isEqualTo(PaymentState.FAILED);
        assertThat(row("first").reason()).isEqualTo("operator_not_charged");
        assertThat(row("first").payload()).isNull();
        assertThat(row("first").releases()).isOne();
        assertThat(desk.act(late)).isInstanceOf(DeskResult.Already.class);
        assertThat(book.settled(lost, receipt("0x1"), DeliveryState.OWED, at(999), at(901)))
                .isEqualTo(SettledResult.LOST);
    }

    @Test
    void unknownPayment_isDeclaredUncharged_onTheChainsWordAtAnyTime() {
        unknown(FIRST);

        assertThat(desk.act(
                        new DeskAct(id("first"), new DeskAct.NotCharged(), true, at(0), at(60), "kim", "cancelled")))
                .isInstanceOf(DeskResult.Done.class);
        claimed(SECOND);
    }

    @Test
    void owedRun_becomesARefund_andIsNotFetchedAnyMore() {
        settled(FIRST, DeliveryState.OWED);

        done("first", new DeskAct.RefundDue(), 60);
        assertThat(row("first").state()).isEqualTo(PaymentState.REFUND_DUE);
        claimed(SECOND);
        assertThat(ask(FIRST.now(71))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
        done("first", REFUNDED, 80);
        assertThat(row("first").state()).isEqualTo(PaymentState.REFUNDED);
        assertThat(keys(Shelf.PAID)).containsExactly("first");
        assertThat(act("first", REFUNDED, 81)).isInstanceOf(DeskResult.Already.class);
        refused(act("first", new DeskAct.Refunded("0xagain"), 82), Why.OTHER_TRANSACTION);
        assertThat(ask(FIRST.now(90))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
        assertThat(book.lapseOwed(at(9000))).isZero();
        assertThat(desk.entries(id("first")))
                .extracting(DeskEntry::action, DeskEntry::reference)
                .containsExactly(tuple("refund-due", null), tuple("refunded", "0xback"));
    }

    @Test
    void lapsedRun_isRefunded() {
        settled(FIRST, DeliveryState.OWED);
        book.lapseOwed(at(1000));

        done("first", REFUNDED, 1001);
        assertThat(row("first").updatedAt()).isEqualTo(at(1001));
    }

    @Test
    void chargeThatTheChainTookBack_isReversed_fromAnyDelivery() {
        Claim living = settled(FIRST, DeliveryState.RUNNING);
        settled(SECOND.key("owed").route("o").payer(payer(2)).request("o"), DeliveryState.OWED);
        book.delivered(settled(SECOND.key("complete").route("c").request("c"), DeliveryState.RUNNING), at(80));

        for (String key : List.of("first", "owed", "complete")) done(key, new DeskAct.Reversed(), 90);
        assertThat(keys(Shelf.REVERSED)).containsExactlyInAnyOrder("first", "owed", "complete");
        assertThat(book.delivered(living, at(91))).isFalse();
        assertThat(ask(FIRST.now(91))).isEqualTo(new ClaimResult.AlreadyPaid(receipt("0xfirst")));
        claimed(SECOND.key("new").route("o").payer(payer(2)).request("n").now(92));
        assertThat(book.takeOver("reconciler", at(900), at(800), 10))
                .extracting(row -> row.claim().key())
                .containsExactly("new");
    }

    @Test
    void steps_areRefusedFromOtherStates() {
        settling(FIRST.key("settling").request("s"));
        book.released(claimed(FIRST.key("released").request("r")), "no", at(1));
        settled(FIRST.key("running").request("u"), DeliveryState.RUNNING);

        for (String key : List.of("settling", "released")) {
            refused(act(key, charged("0x1"), 60), Why.WRONG_STATE);
            refused(act(key, new DeskAct.NotCharged(), 60), Why.WRONG_STATE);
            refused(act(key, new DeskAct.RefundDue(), 60), Why.WRONG_STATE);
            refused(act(key, REFUNDED, 60), Why.WRONG_STATE);
            refused(act(key, new DeskAct.Reversed(), 60), Why.WRONG_STATE);
            assertThat(desk.entries(id(key))).isEmpty();
        }
        refused(act("running", new DeskAct.RefundDue(), 60), Why.WRONG_STATE);
        refused(act("running", REFUNDED, 60), Why.WRONG_STATE);
        refused(act("running", new DeskAct.NotCharged(), 60), Why.WRONG_STATE);
        assertThat(desk.act(new DeskAct("nobody", REFUNDED, false, at(0), at(1), "kim", "")))
                .isEqualTo(new DeskResult.NotFound());
    }

    @Test
    void manyOperatorsAtOnce_areWrittenDownOnce() throws Exception {
        settled(FIRST, DeliveryState.OWED);

        List<DeskResult> results = BookContract.together(20, i -> () -> act("first", new DeskAct.RefundDue(), 60));

        assertThat(results).filteredOn(DeskResult.Done.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(DeskResult.Already.class::isInstance).hasSize(19);
        assertThat(desk.entries(id("first"))).hasSize(1);
    }

    @Test
    void owedRun_isEitherFetchedOrToBeRefunded() throws Exception {
        for (int round = 0; round < 10; round++) {
            String key = "k" + round;
            SampleClaim paid = FIRST.key(key).route(key).request(key);
            settled(paid, DeliveryState.OWED);
            SampleClaim next = SECOND.key("next" + round).route(key).request(key);

            List<Object> results =
                    BookContract.together(2, i -> () -> i == 0 ? act(key, new DeskAct.RefundDue(), 70) : ask(next));

            boolean fetched = results.getLast() instanceof ClaimResult.Owed;
            assertThat(results.getFirst() instanceof DeskResult.Done).isEqualTo(!fetched);
        }
    }
}
