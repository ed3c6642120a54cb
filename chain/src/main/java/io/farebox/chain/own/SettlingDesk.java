package io.farebox.chain.own;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.farebox.outbox.NewOrder;
import io.farebox.outbox.Order;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.StoredPayment;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes orders and waits for what becomes of them, whichever process sends. Thread-safe. */
final class SettlingDesk {
    /** Another process may send, and nobody rings here then. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** While it is known that nothing can be sent, nobody waits longer than this. */
    private static final Duration IN_TROUBLE = Duration.ofSeconds(2);

    /** An order that is just being tried can be taken back a moment later, which is worth waiting for. */
    private static final Duration BEING_TRIED = Duration.ofSeconds(2);

    /** Nobody asks for a payment any more that long after its window. */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final long FAR = Duration.ofDays(3650).toSeconds();

    private final OwnChain chain;
    private final Bell bell;

    SettlingDesk(OwnChain chain, Bell bell) {
        this.chain = chain;
        this.bell = bell;
    }

    /** @param fault why it would not be begun with now; asked only if it was not begun with before */
    SettleResponse settle(FacilitatorRequest request, Examination.Signed signed, Supplier<@Nullable String> fault) {
        Network network = request.requirements().network();
        try {
            Order order = begun(request, signed);
            if (order == null) {
                String reason = fault.get();
                if (reason != null) return no(reason, signed, network);
                order = begin(request, signed);
            }
            if (!order.digest().equals(signed.digest())) return no(Watch.USED, signed, network);
            return answer(awaited(order), signed, network);
        } catch (BookUnavailableException e) {
            throw unavailable(Reach.MAYBE_REACHED, "outbox_unavailable");
        }
    }

    private static String key(FacilitatorRequest request, Examination.Signed signed) {
        PaymentRequirements terms = request.requirements();
        return PaymentIdentity.ofAuthorization(
                terms.network(),
                terms.asset(),
                signed.payload().from(),
                signed.payload().nonce());
    }

    private @Nullable Order begun(FacilitatorRequest request, Examination.Signed signed) {
        return chain.outbox()
                .find(key(request, signed))
                .filter(order -> !order.state().isUnsent())
                .orElse(null);
    }

    private Order begin(FacilitatorRequest request, Examination.Signed signed) {
        Instant now = chain.clock().instant();
        // What a stranger signed may be valid for ever.
        long left = signed.payload()
                .validBefore()
                .subtract(BigInteger.valueOf(now.getEpochSecond()))
                .min(BigInteger.valueOf(FAR))
                .longValueExact();
        Order taken = chain.outbox()
                .submit(
                        new NewOrder(
                                key(request, signed),
                                chain.sender(),
                                signed.digest(),
                                StoredPayment.write(request),
                                now.plusSeconds(left).plus(KEPT)),
                        now);
        bell.ringOrder();
        return taken;
    }

    private Order awaited(Order taken) {
        Instant start = chain.clock().instant();
        Instant end = start.plus(chain.settings().settleTimeout());
        Order order = taken;
        while (!isOver(order)) {
            Instant now = chain.clock().instant();
            boolean late = !now.isBefore(end);
            if (late || isHopeless(order, start, now)) takeBack(order);
            boolean sent = order.state() == Order.State.SENT;
            if (late && (sent || !now.isBefore(end.plus(BEING_TRIED)))) return found(order);
            if (!bell.awaitEnds(LOOK)) {
                takeBack(order);
                return found(order);
            }
            order = found(order);
        }
        return order;
    }

    private Order found(Order order) {
        return chain.outbox().find(order.key()).orElse(order);
    }

    private static boolean isOver(Order order) {
        return switch (order.state()) {
            case QUEUED, TAKEN, SENT -> false;
            case SETTLED, REVERTED, REFUSED, WITHDRAWN -> true;
        };
    }

    private boolean isHopeless(Order order, Instant start, Instant now) {
        return order.state() == Order.State.QUEUED
                && start.plus(IN_TROUBLE).isBefore(now)
                && (chain.trouble().now().isPresent()
                        || chain.outbox().troubleOf(chain.sender()).isPresent());
    }

    /** Nobody waits for it any more: if nothing was sent for it, nothing will be, and that is said. */
    private void takeBack(Order order) {
        Instant now = chain.clock().instant();
        if (order.state() != Order.State.QUEUED || !chain.outbox().withdraw(order.key(), now)) return;
        throw unavailable(Reach.NOT_REACHED, chain.trouble().fresh(now).orElse("sender_busy"));
    }

    private SettleResponse answer(Order order, Examination.Signed signed, Network network) {
        String reason = order.reason() == null ? Watch.FAILED : order.reason();
        String hash = order.transaction() == null ? "" : order.transaction();
        return switch (order.state()) {
            case SETTLED -> new SettleResponse(true, null, signed.payload().from(), hash, network);
            case REVERTED, REFUSED -> no(reason, signed, network);
            case SENT ->
                new SettleResponse(
                        false, SettleResponse.PENDING, signed.payload().from(), hash, network);
            case QUEUED, TAKEN -> throw unavailable(Reach.MAYBE_REACHED, "timeout");
            case WITHDRAWN -> throw unavailable(Reach.NOT_REACHED, "sender_busy");
        };
    }

    private static SettleResponse no(String reason, Examination.Signed signed, Network network) {
        return new SettleResponse(false, reason, signed.payload().from(), "", network);
    }

    private FacilitatorUnavailableException unavailable(Reach reach, String reason) {
        return new FacilitatorUnavailableException(chain.settings().id(), reach, reason, null);
    }
}
