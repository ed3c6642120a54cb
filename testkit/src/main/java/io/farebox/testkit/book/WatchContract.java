package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.BASE;
import static io.farebox.testkit.book.SampleClaim.SOLANA;
import static io.farebox.testkit.book.SampleClaim.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.DeskAct;
import io.farebox.gate.DeskResult;
import io.farebox.x402.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which charged payments are looked at again, and when. */
abstract class WatchContract extends ClearingContract {
    private static final long FIRST_LOOK = 121;

    private List<String> dueAt(long second, int limit, Network... networks) {
        return desk.watchlist().takeDue(Set.of(networks), at(second + 60), at(second), limit).stream()
                .map(row -> row.claim().key())
                .toList();
    }

    @Test
    void nothingIsWatched_unlessToldSo() {
        desk.watchlist().watch(Set.of(SOLANA));
        settled(FIRST, DeliveryState.RUNNING);

        assertThat(dueAt(9_999, 10, BASE, SOLANA)).isEmpty();
    }

    @Test
    void chargedPayments_areDueAfterAWhile_andOnce() {
        desk.watchlist().watch(Set.of(BASE));
        settled(FIRST.key("a").request("a"), DeliveryState.RUNNING);
        settled(FIRST.key("b").request("b").route("b"), DeliveryState.OWED);
        unknown(FIRST.key("c").request("c"));

        assertThat(dueAt(119, 10, BASE)).isEmpty();
        assertThat(dueAt(FIRST_LOOK, 10, SOLANA)).isEmpty();
        assertThat(dueAt(FIRST_LOOK, 1, BASE)).hasSize(1);
        assertThat(dueAt(FIRST_LOOK, 10, BASE)).hasSize(1);
        assertThat(dueAt(FIRST_LOOK + 1, 10, BASE)).isEmpty();
        assertThat(dueAt(FIRST_LOOK + 61, 10, BASE)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void postponed_isDueThen_andDropped_never() {
        desk.watchlist().watch(Set.of(BASE));
        settled(FIRST.key("a").request("a"), DeliveryState.RUNNING);
        settled(FIRST.key("b").request("b"), DeliveryState.RUNNING);
        desk.watchlist().postpone(Map.of("a", at(500), "unheard of", at(1)));
        desk.watchlist().drop(Set.of("b", "unheard of"));

        assertThat(dueAt(499, 10, BASE)).isEmpty();
        assertThat(dueAt(500, 10, BASE)).containsExactly("a");
    }

    @Test
    void whatIsChargedOnAnOperatorsWord_isWatched() {
        desk.watchlist().watch(Set.of(BASE));
        unknown(FIRST);
        done("first", charged("0xabc"), 10);

        assertThat(dueAt(129, 10, BASE)).isEmpty();
        assertThat(dueAt(130, 10, BASE)).containsExactly("first");
    }

    @Test
    void whatIsNoLongerCharged_isNotLookedAt() {
        desk.watchlist().watch(Set.of(BASE));
        settled(FIRST.key("reversed").request("r"), DeliveryState.RUNNING);
        settled(FIRST.key("due").request("d").route("d"), DeliveryState.OWED);
        DeskAct proven = new DeskAct(
                id("reversed"), new DeskAct.Reversed(), true, at(200), at(200), "farebox", "not on the chain");
        assertThat(desk.act(proven)).isInstanceOf(DeskResult.Done.class);
        done("due", new DeskAct.RefundDue(), 5);

        assertThat(dueAt(FIRST_LOOK, 10, BASE)).containsExactly("due");
        done("due", REFUNDED, 6);
        assertThat(dueAt(FIRST_LOOK + 60, 10, BASE)).isEmpty();
    }
}
