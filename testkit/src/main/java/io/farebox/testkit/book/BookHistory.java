package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.DeskAct;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.DeskResult;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Retention;
import io.farebox.gate.Shelf;
import io.farebox.x402.SettleResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/** One random history, lived by a book and by the model side by side: every answer and every row must be the same. */
final class BookHistory {
    private static final int KEYS = 8;

    /** The same right in both books; only the ids differ. */
    private record Right(Claim real, Claim model) {}

    private final Random random;
    private final Book real;
    private final BookDesk desk;
    private final InMemoryBook model;
    private final List<Right> rights = new ArrayList<>();
    private final String name;
    private long now;

    BookHistory(long seed, Book real, BookDesk desk, InMemoryBook model) {
        this.random = new Random(seed);
        this.real = real;
        this.desk = desk;
        this.model = model;
        this.name = "seed " + seed;
    }

    void play(int steps) {
        for (int step = 0; step < steps; step++) {
            now += random.nextInt(8) == 0 ? random.nextInt(60) : random.nextInt(3);
            String where = name + ", step " + step;
            if (rights.isEmpty() || random.nextInt(3) == 0) claim(where);
            else change(where);
            compareRows(where);
        }
    }

    private void claim(String where) {
        // Which of two that were claimed at one instant lies first on its shelf is not said.
        now++;
        SampleClaim sample = SampleClaim.of("k" + random.nextInt(KEYS))
                .payer(SampleClaim.payer(1 + random.nextInt(2)))
                .network(random.nextInt(5) == 0 ? SampleClaim.SOLANA : SampleClaim.BASE)
                .route(pick("risk", "risk", "exploits"))
                .amount(random.nextBoolean() ? 10_000 : 20_000)
                .request(pick("r1", "r1", "r2"))
                .body(random.nextInt(4) == 0 ? null : pick("", "b"))
                .identifier(random.nextInt(3) == 0 ? pick("id-1", "id-2", "id-3") : null)
                .now(now);
        if (random.nextInt(6) == 0) sample = sample.onlyIfKnown();
        ClaimResult mine = real.claim(sample.toRequest());
        ClaimResult theirs = model.claim(sample.toRequest());
        assertThat(masked(mine)).as(where).isEqualTo(masked(theirs));
        if (mine instanceof ClaimResult.Claimed a && theirs instanceof ClaimResult.Claimed b)
            rights.add(new Right(a.claim(), b.claim()));
        if (mine instanceof ClaimResult.Owed a && theirs instanceof ClaimResult.Owed b)
            rights.add(new Right(a.claim(), b.claim()));
    }

    private void change(String where) {
        // Mostly a right of late; now and then one that was lost long ago.
        int back = random.nextInt(random.nextInt(5) == 0 ? rights.size() : Math.min(4, rights.size()));
        Right right = rights.get(rights.size() - 1 - back);
        int until = random.nextInt(50);
        DeliveryState delivery = random.nextBoolean() ? DeliveryState.RUNNING : DeliveryState.OWED;
        SettleResponse receipt = new SettleResponse(true, null, null, pick("0xAA", "0xaa", "0xbb", "0xcc" + now), null);
        switch (random.nextInt(16)) {
            case 0, 1 -> both(right, where, (book, c) -> book.settling(c, "f" + now, at(now + until), at(now)));
            case 2, 3 ->
                both(right, where, (book, c) -> book.settled(c, receipt, delivery, at(now + 20 + until * 5), at(now)));
            case 4 ->
                both(right, where, (book, c) -> book.settledOnChain(c, receipt, delivery, at(now + until), at(now)));
            case 5 -> both(right, where, (book, c) -> book.unknown(c, "why" + now, at(now + until), at(now)));
            case 6 -> both(right, where, (book, c) -> book.failed(c, "no" + now, at(now)));
            case 7 -> both(right, where, (book, c) -> book.expired(c, at(now)));
            case 8 -> both(right, where, (book, c) -> book.released(c, "no" + now, at(now)));
            case 9, 10 -> both(right, where, (book, c) -> book.delivered(c, at(now)));
            case 11 -> both(right, where, (book, c) -> book.owed(c, at(now)));
            case 13, 14 -> act(right, where);
            case 12 -> both(right, where, (book, c) -> book.renew(c, at(now + until), at(now)));
            default -> sweep(where);
        }
    }

    private void both(Right right, String where, BiFunction<Book, Claim, Object> step) {
        assertThat(step.apply(real, right.real())).as(where).isEqualTo(step.apply(model, right.model()));
    }

    /** An operator's step. Claims that are held outside the book are not seen at the desk. */
    private void act(Right right, String where) {
        PaymentRecord before = model.find(right.model().key()).orElse(null);
        if (before == null || before.state() == PaymentState.CLAIMED) return;
        DeskAct.Change change = change();
        boolean proven = random.nextInt(3) == 0;
        Instant over = at(now - random.nextInt(300));
        DeskResult mine = desk.act(new DeskAct(right.real().paymentId(), change, proven, over, at(now), "kim", where));
        DeskResult theirs =
                model.desk().act(new DeskAct(right.model().paymentId(), change, proven, over, at(now), "kim", where));
        assertThat(masked(mine)).as(where).isEqualTo(masked(theirs));
        if (mine instanceof DeskResult.Done(PaymentRecord a) && theirs instanceof DeskResult.Done(PaymentRecord b))
            rights.add(new Right(a.claim(), b.claim()));
    }

    private DeskAct.Change change() {
        String transaction = pick("0xAA", "0xaa", "0xbb", "0xcc" + now);
        return switch (random.nextInt(6)) {
            case 0 -> new DeskAct.NotCharged();
            case 1 -> new DeskAct.RefundDue();
            case 2 -> new DeskAct.Refunded(transaction);
            case 3 -> new DeskAct.Reversed();
            default -> new DeskAct.Charged(transaction, at(now + random.nextInt(300)));
        };
    }

    private void forget(String where) {
        Retention old = new Retention(at(now - 60), at(now - 120), at(now));
        int limit = 1 + random.nextInt(3);
        assertThat(desk.forget(old, limit)).as(where).isEqualTo(model.desk().forget(old, limit));
    }

    private void compareDesks(String where) {
        assertThat(desk.tallies()).as(where).isEqualTo(model.desk().tallies());
        for (Shelf shelf : Shelf.values()) {
            DeskQuery all = DeskQuery.of(shelf, 100);
            assertThat(desk.list(all).stream().map(BookHistory::masked).toList())
                    .as(where)
                    .isEqualTo(model.desk().list(all).stream()
                            .map(BookHistory::masked)
                            .toList());
        }
    }

    private void sweep(String where) {
        compareDesks(where);
        if (random.nextInt(3) == 0) {
            forget(where);
            return;
        }
        if (random.nextBoolean()) {
            assertThat(real.lapseOwed(at(now))).as(where).isEqualTo(model.lapseOwed(at(now)));
            return;
        }
        int limit = 1 + random.nextInt(4);
        List<PaymentRecord> mine = real.takeOver("sweep", at(now + 20), at(now), limit);
        List<PaymentRecord> theirs = model.takeOver("sweep", at(now + 20), at(now), limit);
        assertThat(mine.stream().map(BookHistory::masked))
                .as(where)
                .isEqualTo(theirs.stream().map(BookHistory::masked).toList());
        for (int i = 0; i < mine.size(); i++)
            rights.add(new Right(mine.get(i).claim(), theirs.get(i).claim()));
    }

    private void compareRows(String where) {
        for (int i = 0; i < KEYS; i++)
            assertThat(real.find("k" + i).map(BookHistory::masked))
                    .as(where)
                    .isEqualTo(model.find("k" + i).map(BookHistory::masked));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static Claim masked(Claim claim) {
        return new Claim("any", claim.key(), claim.fence());
    }

    private static ClaimResult masked(ClaimResult result) {
        return switch (result) {
            case ClaimResult.Claimed(Claim claim) -> new ClaimResult.Claimed(masked(claim));
            case ClaimResult.Owed(Claim claim, SettleResponse receipt) -> new ClaimResult.Owed(masked(claim), receipt);
            case ClaimResult.InFlight same -> same;
            case ClaimResult.InDoubt same -> same;
            case ClaimResult.AlreadyPaid same -> same;
            case ClaimResult.IdentifierTaken same -> same;
            case ClaimResult.Spent same -> same;
            case ClaimResult.Uncovered same -> same;
            case ClaimResult.NotKnown same -> same;
        };
    }

    private static DeskResult masked(DeskResult result) {
        return switch (result) {
            case DeskResult.Done(PaymentRecord row) -> new DeskResult.Done(masked(row));
            case DeskResult.Already(PaymentRecord row) -> new DeskResult.Already(masked(row));
            case DeskResult.Refused(DeskResult.Why why, PaymentRecord row) -> new DeskResult.Refused(why, masked(row));
            case DeskResult.NotFound same -> same;
        };
    }

    private static PaymentRecord masked(PaymentRecord row) {
        return new PaymentRecord(
                masked(row.claim()),
                row.state(),
                row.delivery(),
                row.payer(),
                row.network(),
                row.asset(),
                row.amount(),
                row.payTo(),
                row.routeId(),
                row.priceVersion(),
                row.requestDigest(),
                row.bodyDigest(),
                row.validBefore(),
                row.facilitator(),
                row.payload(),
                row.receipt(),
                row.releases(),
                row.reason(),
                row.leaseUntil(),
                row.owedUntil(),
                row.createdAt(),
                row.updatedAt());
    }
}
