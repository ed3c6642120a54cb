package io.farebox.chain.own;

import io.farebox.chain.TransferCalls;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.chain.lookup.SendingNodes;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SchemePayload;

/** Tries a transfer on the chain without sending it, and finds out why it would fail. */
final class Simulation {
    /** Why a transfer fails. */
    enum Fault {
        SPENT,
        TOO_POOR,
        /** The token refuses for a reason of its own: paused, an address barred, another window by its clock. */
        OTHER
    }

    private Simulation() {}

    static TransferCalls.Call call(FacilitatorRequest request) {
        if (request.payment().payload() instanceof SchemePayload.Eip3009 signed)
            return TransferCalls.transfer(request.requirements().asset(), signed);
        throw new IllegalArgumentException("not an EIP-3009 payment");
    }

    static Fault diagnose(SendingNodes nodes, FacilitatorRequest request) throws ChainUnreadableException {
        if (nodes.isSpent(request)) return Fault.SPENT;
        if (request.payment().payload() instanceof SchemePayload.Eip3009 signed
                && nodes.balance(request.requirements().asset(), signed.from()).compareTo(signed.value()) < 0)
            return Fault.TOO_POOR;
        return Fault.OTHER;
    }
}
