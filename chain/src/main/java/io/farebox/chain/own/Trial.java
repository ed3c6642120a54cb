package io.farebox.chain.own;

import io.farebox.chain.TransferCalls;
import io.farebox.chain.TransferCalls.Call;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.outbox.Order;
import io.farebox.outbox.OrderEnd;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.StoredPayment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tries orders on the chain before anything is sent for them. Of one that would fail nothing is sent, and it ends. One that
 * cannot be tried does not keep the others from being sent. Used once.
 */
final class Trial {
    /** Far above what any token takes: a call that wants more is not worth its fee. */
    private static final long MOST_GAS = 1_000_000;

    /** Gas beyond the estimate, in percent: the chain has moved on until the transaction is in a block. */
    private static final long SPARE_PERCENT = 30;

    /** After so many the chain, and not the order, is what cannot be read. */
    private static final int MOST_UNREADABLE = 3;

    private final OwnChain chain;
    private final List<Order> good = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<OrderEnd> ends = new ArrayList<>();
    private final Set<String> payers = new HashSet<>();
    private long gas;
    private int unreadable;
    private boolean alone;

    Trial(OwnChain chain) {
        this.chain = chain;
    }

    /** Tries them one after the other; what is neither good nor ended afterwards may be tried another time. */
    void on(List<Order> orders, boolean mayBatch) throws ChainUnreadableException {
        for (Order order : orders) {
            if (!good.isEmpty() && (!mayBatch || alone)) return;
            try {
                on(order, request(order), orders.size() > 1);
            } catch (ChainUnreadableException e) {
                if (++unreadable == MOST_UNREADABLE || orders.size() == 1) throw e;
            }
        }
    }

    List<Order> good() {
        return good;
    }

    List<Call> calls() {
        return calls;
    }

    List<OrderEnd> ends() {
        return ends;
    }

    /** The limit of a transaction that makes all the calls. */
    long gas() throws ChainUnreadableException {
        long needed = gas;
        if (calls.size() > 1) {
            // With all or nothing, or the estimate would be of a transaction in which calls run out of gas and fail.
            OptionalLong together = chain.nodes().gas(chain.key().address(), TransferCalls.together(calls, false));
            if (together.isPresent()) needed = Math.min(gas, together.getAsLong());
        }
        return needed + needed * SPARE_PERCENT / 100;
    }

    private static FacilitatorRequest request(Order order) {
        if (order.payload() == null) throw new IllegalStateException("an order that has not ended has no payload");
        return StoredPayment.read(order.payload());
    }

    private void on(Order order, FacilitatorRequest request, boolean several) throws ChainUnreadableException {
        if (!(request.payment().payload() instanceof SchemePayload.Eip3009 signed)) return;
        // Two of one payer compete for one balance, and their logs are told apart more surely in two transactions.
        if (!payers.add(signed.from().toLowerCase(Locale.ROOT))) return;
        if (Examination.windowFault(signed, chain.clock().instant()) != null) {
            ends.add(chain.nodes().isSpent(request) ? spent(order, request) : refused(order, "payment_expired"));
            return;
        }
        // A payer with a program could use up the gas of all the others.
        boolean program = several && !chain.nodes().isPlain(signed.from());
        if (program && !good.isEmpty()) return;
        Call call = Simulation.call(request);
        OptionalLong needed = chain.nodes().gas(chain.key().address(), call);
        if (needed.isPresent() && needed.getAsLong() <= MOST_GAS) {
            good.add(order);
            calls.add(call);
            gas += needed.getAsLong();
            alone = program;
        } else ends.add(end(order, request));
    }

    private OrderEnd end(Order order, FacilitatorRequest request) throws ChainUnreadableException {
        return switch (Simulation.diagnose(chain.nodes(), request)) {
            case SPENT -> spent(order, request);
            case TOO_POOR -> refused(order, "insufficient_funds");
            case OTHER -> refused(order, "invalid_payment");
        };
    }

    /** Somebody else used the authorization: perhaps to pay us. If that is not certain yet, whoever hears it has to look. */
    private OrderEnd spent(Order order, FacilitatorRequest request) {
        return chain.lookup().lookUp(request) instanceof Outcome.Happened(var receipt)
                ? OrderEnd.settled(order.key(), receipt.transaction())
                : refused(order, Watch.USED);
    }

    /** What was sent before, in a transaction that lost its nonce, is public: whoever has seen it can still send it. */
    private static OrderEnd refused(Order order, String reason) {
        String sent = order.transaction();
        return sent == null
                ? OrderEnd.refused(order.key(), reason)
                : OrderEnd.reverted(order.key(), sent, Watch.FAILED);
    }
}
