package io.farebox.settlement.reconcile;

import static io.farebox.testkit.book.SampleClaim.BASE;
import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.DeskEntry;
import io.farebox.gate.FinalityLookup;
import io.farebox.gate.FinalityLookup.Standing;
import io.farebox.gate.GateEvent;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.testkit.book.SampleClaim;
import io.farebox.x402.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** When charged payments are looked at again, and what the answer does to them. */
final class FinalityRoundsTest {
    private final InMemoryBook book = new InMemoryBook();
    private final Chains chains = new Chains();
    private final List<GateEvent> events = new ArrayList<>();
    private Instant now = at(0);
    private final FinalityRounds rounds =
            new FinalityRounds(book.desk(), chains, events::add, () -> now, pause -> true);

    /** Says what it is told to say. */
    private static final class Chains implements FinalityLookup {
        final Queue<String> looked = new ConcurrentLinkedQueue<>();
        volatile Standing answer = new Standing.NotKnown();
        Set<Network> networks = Set.of(BASE);

        @Override
        public Set<Network> networks() {
            return networks;
        }

        @Override
        public Standing lookAgain(PaymentRecord charged) {
            looked.add(charged.claim().key());
            return answer;
        }
    }

    private void charged(String key, DeliveryState delivery, long second) {
        SampleClaim sample = SampleClaim.of(key).request(key).payer(SampleClaim.payer(key.hashCode() & 0xffff));
        Claim claim = ((ClaimResult.Claimed) book.claim(sample.now(second).toRequest())).claim();
        book.settling(claim, "dev", at(second + 40), at(second));
        book.settled(claim, receipt("0x" + key), delivery, at(second + 100_000), at(second));
    }

    private int passAt(long second) {
        now = at(second);
        return rounds.pass();
    }

    private PaymentState state(String key) {
        return book.find(key).orElseThrow().state();
    }

    @Test
    void finalPayment_isLookedAtOnce() {
        charged("a", DeliveryState.OWED, 0);
        chains.answer = new Standing.Final();

        assertThat(passAt(100)).isZero();
        assertThat(passAt(120)).isOne();
        assertThat(passAt(100_000)).isZero();
        assertThat(chains.looked).containsExactly("a");
        assertThat(state("a")).isEqualTo(PaymentState.SETTLED);
        assertThat(events).isEmpty();
    }

    @Test
    void undonePayment_isReversed_andToldOnce() {
        charged("a", DeliveryState.OWED, 0);
        chains.answer = new Standing.Undone();
        passAt(120);

        assertThat(state("a")).isEqualTo(PaymentState.REVERSED);
        assertThat(events).singleElement().isInstanceOf(GateEvent.Reversed.class);
        PaymentRecord row = book.find("a").orElseThrow();
        assertThat(book.desk().entries(row.claim().paymentId()))
                .extracting(DeskEntry::by, DeskEntry::action, DeskEntry::before, DeskEntry::word)
                .containsExactly(tuple("farebox", "reversed", "SETTLED/OWED", "chain"));
        // Nothing is owed any more, and the payment buys nothing.
        assertThat(book.claim(SampleClaim.of("a").request("a").now(130).toRequest()))
                .isInstanceOf(ClaimResult.AlreadyPaid.class);
        assertThat(passAt(100_000)).isZero();
        assertThat(events).hasSize(1);
    }

    @Test
    void livingDelivery_ofWhatIsReversed_changesNothingAnyMore() {
        charged("a", DeliveryState.RUNNING, 0);
        Claim living = book.find("a").orElseThrow().claim();
        chains.answer = new Standing.Undone();
        passAt(120);

        assertThat(book.delivered(living, at(121))).isFalse();
        assertThat(state("a")).isEqualTo(PaymentState.REVERSED);
    }

    @Test
    void notKnown_staysAsItIs_andIsAskedMoreAndMoreSeldom() {
        charged("a", DeliveryState.OWED, 0);
        passAt(120);
        assertThat(passAt(179)).isZero();
        assertThat(passAt(180)).isOne();
        passAt(10_000);
        assertThat(passAt(14_999)).isZero();
        assertThat(passAt(15_000)).isOne();

        assertThat(chains.looked).hasSize(4);
        assertThat(state("a")).isEqualTo(PaymentState.SETTLED);
    }

    /** The final block is 1,000 s behind: that is learnt from the first, so the others are looked at once. */
    @Test
    void waiting_isLookedAtWhenItsBlockIsFinal_andSoAreTheNext() {
        charged("a", DeliveryState.OWED, 0);
        chains.answer = new Standing.Waiting(at(5), at(120 - 1_000));
        passAt(120);
        charged("b", DeliveryState.OWED, 200);
        chains.answer = new Standing.Final();

        passAt(320);
        passAt(1_004);
        assertThat(chains.looked).containsExactly("a");
        passAt(1_005);
        assertThat(chains.looked).containsExactly("a", "a");
        passAt(1_199);
        passAt(1_200);
        assertThat(chains.looked).containsExactly("a", "a", "b");
        assertThat(passAt(100_000)).isZero();
    }

    @Test
    void whatNoChainKnows_isDropped() {
        charged("a", DeliveryState.OWED, 0);
        chains.answer = new Standing.OffChain();
        passAt(120);

        assertThat(passAt(100_000)).isZero();
        assertThat(state("a")).isEqualTo(PaymentState.SETTLED);
    }

    @Test
    void go_isBounded_andGoesOnUntilNothingIsDue() {
        for (int i = 0; i < 150; i++) charged("p" + i, DeliveryState.OWED, 0);
        chains.answer = new Standing.Final();

        assertThat(passAt(120)).isEqualTo(FinalityRounds.AT_MOST);
        assertThat(chains.looked).hasSize(FinalityRounds.AT_MOST);
        rounds.run();
        assertThat(chains.looked).hasSize(150).doesNotHaveDuplicates();
    }

    @Test
    void bookThatFailsMeanwhile_isTriedAgainAfterTheLease() {
        charged("a", DeliveryState.OWED, 0);
        chains.answer = new Standing.Undone();
        FinalityRounds failing = new FinalityRounds(
                book.desk(),
                new FinalityLookup() {
                    @Override
                    public Set<Network> networks() {
                        return Set.of(BASE);
                    }

                    @Override
                    public Standing lookAgain(PaymentRecord charged) {
                        book.failNext(1);
                        return new Standing.Undone();
                    }
                },
                events::add,
                () -> now,
                pause -> true);
        now = at(120);
        assertThat(failing.pass()).isOne();
        assertThat(state("a")).isEqualTo(PaymentState.SETTLED);

        assertThat(passAt(120 + FinalityRounds.LEASE.toSeconds() - 1)).isZero();
        assertThat(passAt(120 + FinalityRounds.LEASE.toSeconds())).isOne();
        assertThat(state("a")).isEqualTo(PaymentState.REVERSED);
    }

    @Test
    void networksWithoutRpc_costNothing() {
        InMemoryBook other = new InMemoryBook();
        chains.networks = Set.of();
        FinalityRounds idle = new FinalityRounds(other.desk(), chains, events::add, () -> now, pause -> true);
        other.failNext(1);

        assertThat(idle.pass()).isZero();
        assertThat(Duration.between(at(0), now)).isZero();
    }
}
