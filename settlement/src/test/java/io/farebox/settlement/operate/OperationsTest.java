package io.farebox.settlement.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.DeskEntry;
import io.farebox.gate.DeskResult;
import io.farebox.gate.DeskResult.Why;
import io.farebox.gate.ErasureResult;
import io.farebox.gate.GateEvent;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.settlement.operate.Decision.Kind;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.testkit.facilitator.SamplePayments;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.StoredPayment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final String TRANSACTION = "0x" + "5e".repeat(32);
    private static final Outcome UNCLEAR = new Outcome.NotKnown();
    private static final Outcome CHARGED =
            new Outcome.Happened(new SettleResponse(true, null, SamplePayments.PAYER, TRANSACTION, null));

    private final InMemoryBook book = new InMemoryBook();
    private final List<GateEvent> events = new CopyOnWriteArrayList<>();
    private Instant now = START;
    private Outcome chain = UNCLEAR;

    private Operations operations() {
        OutcomeLookup lookup = request -> chain;
        var pseudonyms = new Pseudonyms("a secret of this test".getBytes(StandardCharsets.UTF_8));
        return new Operations(book, book.desk(), lookup, events::add, pseudonyms, () -> now);
    }

    private Claim claimed() {
        FacilitatorRequest request = SamplePayments.evm(2, 1);
        ClaimResult result = book.claim(new ClaimRequest(
                "key",
                SamplePayments.PAYER,
                request.requirements().network(),
                request.requirements().asset(),
                request.requirements().amount(),
                request.requirements().payTo(),
                "risk",
                "prices-1",
                "digest",
                "",
                null,
                START.plusSeconds(120),
                StoredPayment.write(request),
                "a-request",
                now.plusSeconds(5),
                now,
                now.minusSeconds(60),
                now.minusSeconds(10),
                3,
                false));
        return ((ClaimResult.Claimed) result).claim();
    }

    private Claim unknown() {
        Claim claim = claimed();
        book.settling(claim, "payai", now.plusSeconds(5), now);
        book.unknown(claim, "timeout", now.plusSeconds(5), now);
        return claim;
    }

    private Claim settled(DeliveryState delivery) {
        Claim claim = claimed();
        book.settling(claim, "payai", now.plusSeconds(5), now);
        SettleResponse receipt = new SettleResponse(true, null, SamplePayments.PAYER, TRANSACTION, null);
        book.settled(claim, receipt, delivery, now.plusSeconds(1000), now);
        return claim;
    }

    private Resolution resolve(Claim claim, Kind kind, @Nullable String transaction) {
        return operations().resolve(claim.paymentId(), new Decision(kind, transaction, "kim", "a note"));
    }

    private PaymentRecord row() {
        return book.find("key").orElseThrow();
    }

    private static DeskResult answer(Resolution resolution) {
        return ((Resolution.Answered) resolution).result();
    }

    @Test
    void charged_asTheChainShows_isTakenFromTheChain() {
        Claim claim = unknown();
        chain = CHARGED;

        assertThat(answer(resolve(claim, Kind.CHARGED, null))).isInstanceOf(DeskResult.Done.class);
        assertThat(row().state()).isEqualTo(PaymentState.SETTLED);
        assertThat(row().delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(row().owedUntil()).isEqualTo(START.plus(Duration.ofHours(24)));
        assertThat(book.desk().entries(claim.paymentId()))
                .extracting(DeskEntry::word, DeskEntry::reference, DeskEntry::by, DeskEntry::note)
                .containsExactly(tuple("chain", TRANSACTION, "kim", "a note"));
        assertThat(events).hasSize(2).hasAtLeastOneElementOfType(GateEvent.Settled.class);
    }

    @Test
    void charged_whereTheChainCannotBeAsked_isTheOperatorsWord() {
        Claim claim = unknown();

        assertThat(resolve(claim, Kind.CHARGED, null)).isEqualTo(new Resolution.TransactionNeeded());
        assertThat(row().state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(resolve(claim, Kind.CHARGED, "0xABC")).isEqualTo(new Resolution.TransactionNeeded());
        assertThat(row().state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(answer(resolve(claim, Kind.CHARGED, TRANSACTION))).isInstanceOf(DeskResult.Done.class);
        assertThat(book.desk().entries(claim.paymentId()))
                .extracting(DeskEntry::word)
                .containsExactly("operator");
    }

    @Test
    void operator_whoSaysOtherwiseThanTheChain_isRefused() {
        Claim claim = unknown();
        chain = CHARGED;
        assertThat(resolve(claim, Kind.NOT_CHARGED, null)).isEqualTo(new Resolution.Contradicted(TRANSACTION));
        assertThat(resolve(claim, Kind.CHARGED, "0xother")).isEqualTo(new Resolution.Contradicted(TRANSACTION));
        chain = new Outcome.NeverHappened();
        assertThat(resolve(claim, Kind.CHARGED, TRANSACTION)).isEqualTo(new Resolution.Contradicted(null));
        assertThat(row().state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(events).isEmpty();
    }

    @Test
    void notCharged_isBelievedOfAnOperator_onceTheWindowAndItsMarginAreOver() {
        Claim claim = unknown();
        now = START.plusSeconds(120).plus(Operations.MARGIN).minusMillis(1);
        assertThat(answer(resolve(claim, Kind.NOT_CHARGED, null)))
                .isEqualTo(new DeskResult.Refused(Why.WINDOW_OPEN, row()));

        now = now.plusMillis(1);
        assertThat(answer(resolve(claim, Kind.NOT_CHARGED, null))).isInstanceOf(DeskResult.Done.class);
        assertThat(row().state()).isEqualTo(PaymentState.FAILED);
        assertThat(events).singleElement().isInstanceOf(GateEvent.SettleFailed.class);
    }

    @Test
    void notCharged_onTheChainsWord_isBelievedAtOnce() {
        Claim claim = unknown();
        chain = new Outcome.NeverHappened();

        assertThat(resolve(claim, Kind.NOT_CHARGED, null))
                .isEqualTo(new Resolution.Answered(new DeskResult.Done(row()), true));
    }

    @Test
    void refund_goesStepByStep_andNamesItsTransaction() {
        Claim claim = settled(DeliveryState.OWED);

        assertThat(answer(resolve(claim, Kind.REFUND_DUE, null))).isInstanceOf(DeskResult.Done.class);
        assertThat(resolve(claim, Kind.REFUNDED, null)).isEqualTo(new Resolution.TransactionNeeded());
        assertThat(answer(resolve(claim, Kind.REFUNDED, "0xback"))).isInstanceOf(DeskResult.Done.class);
        assertThat(answer(resolve(claim, Kind.REVERSED, null)))
                .isEqualTo(new DeskResult.Refused(Why.WRONG_STATE, row()));
        assertThat(row().state()).isEqualTo(PaymentState.REFUNDED);
    }

    @Test
    void listenerThatFails_changesNothing() {
        Claim claim = unknown();
        chain = CHARGED;
        var pseudonyms = new Pseudonyms(new byte[32]);
        var operations = new Operations(
                book,
                book.desk(),
                request -> chain,
                event -> {
                    throw new IllegalStateException("a listener of a test");
                },
                pseudonyms,
                () -> now);

        assertThat(answer(operations.resolve(claim.paymentId(), new Decision(Kind.CHARGED, null, "kim", ""))))
                .isInstanceOf(DeskResult.Done.class);
    }

    @Test
    void payer_isErasedUnderAKeyedName_whicheverWayItIsSpelled() {
        Claim claim = settled(DeliveryState.RUNNING);
        book.delivered(claim, now);
        String shouted = "0x" + SamplePayments.PAYER.substring(2).toUpperCase(Locale.ROOT);
        assertThat(operations().erase(shouted, "kim", "")).isEqualTo(new ErasureResult.Erased(0, true));

        now = START.plusSeconds(121).plus(Operations.RESTING);
        assertThat(operations().erase(shouted, "kim", "")).isEqualTo(new ErasureResult.Erased(1, false));
        PaymentRecord row = operations().byId(claim.paymentId()).orElseThrow();
        assertThat(row.payer()).startsWith(Pseudonyms.PREFIX).hasSize(Pseudonyms.PREFIX.length() + 64);
        assertThat(row.toString()).doesNotContain(SamplePayments.PAYER);
        assertThat(new Pseudonyms(new byte[32]).of(SamplePayments.PAYER)).isNotEqualTo(row.payer());
    }
}
