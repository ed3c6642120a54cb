package io.farebox.settlement.reconcile;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.Facilitator;
import io.farebox.gate.GateEvent;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.PaymentRecord;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.testkit.facilitator.SamplePayments;
import io.farebox.testkit.facilitator.ScriptedFacilitator;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.StoredPayment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A book with rows that requests left behind, a facilitator, and a reconciler whose clock a test moves. */
final class Bench {
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    static final Instant VALID_BEFORE = START.plusSeconds(120);

    final InMemoryBook book = new InMemoryBook();
    final ScriptedFacilitator facilitator = new ScriptedFacilitator("payai");
    final List<GateEvent> events = new CopyOnWriteArrayList<>();
    volatile Instant now = START;
    volatile OutcomeLookup lookup = OutcomeLookup.none();
    volatile List<Facilitator> configured = List.of(facilitator);

    Reconciler reconciler() {
        return new Reconciler(
                ReconcilerSettings.defaults("reconciler"),
                book,
                new FixedFacilitators(configured),
                request -> lookup.lookUp(request),
                events::add,
                () -> now,
                duration -> false);
    }

    /** One pass this long after the one before. @return how many rows it took over */
    int passAfter(Duration time) {
        now = now.plus(time);
        try (Reconciler reconciler = reconciler()) {
            return reconciler.pass();
        }
    }

    static FacilitatorRequest request(int n) {
        return SamplePayments.evm(2, n);
    }

    /** A request claimed the n-th payment and died. */
    Claim claimed(int n) {
        FacilitatorRequest request = request(n);
        ClaimResult result = book.claim(new ClaimRequest(
                "key-" + n,
                SamplePayments.PAYER,
                request.requirements().network(),
                request.requirements().asset(),
                request.requirements().amount(),
                request.requirements().payTo(),
                "risk",
                "prices-1",
                "digest-" + n,
                "",
                null,
                VALID_BEFORE,
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

    /** A request wrote that it will settle the n-th payment, and died. */
    Claim settling(int n) {
        Claim claim = claimed(n);
        book.settling(claim, "payai", now.plusSeconds(5), now);
        return claim;
    }

    /** A request settled the n-th payment and died while it answered. */
    Claim delivering(int n) {
        Claim claim = settling(n);
        SettleResponse receipt = facilitator.settle(request(n));
        book.settled(claim, receipt, DeliveryState.RUNNING, now.plus(Duration.ofHours(24)), now);
        return claim;
    }

    PaymentRecord row(int n) {
        return book.find("key-" + n).orElseThrow();
    }

    <E extends GateEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
