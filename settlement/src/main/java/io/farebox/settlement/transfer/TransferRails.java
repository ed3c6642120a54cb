package io.farebox.settlement.transfer;

import io.farebox.chain.TransferProofs;
import io.farebox.chain.lookup.TransferReader;
import io.farebox.gate.Balances;
import io.farebox.gate.Facilitators;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.TransferTerms;
import io.farebox.gate.Transfers;
import java.time.InstantSource;

/**
 * The parts of the rail that a gate and a reconciler are made with. Payments from a balance go through both like any others, with a
 * facilitator of ours that takes them from the book; so they are claimed, settled, owed and looked up by the same rules. The
 * facilitator and the look-up are there even if no transfers are taken any more: the book may hold payments that were under way.
 */
public final class TransferRails {
    private final Balances balances;
    private final InstantSource clock;

    public TransferRails(Balances balances, InstantSource clock) {
        this.balances = balances;
        this.clock = clock;
    }

    /** Takes what these terms say. */
    public Transfers taking(TransferTerms terms, TransferReader chain) {
        return new TransferDesk(terms, balances, new Senders(TransferProofs.create(), chain), chain, clock);
    }

    /** These facilitators, and ours for what is paid from a balance. */
    public Facilitators with(Facilitators others) {
        return new RailFacilitators(others, new BalanceFacilitator(balances, clock));
    }

    /** This look-up, and ours for what is paid from a balance: its outcome is always known. */
    public OutcomeLookup with(OutcomeLookup other) {
        return new BalanceLookup(other, balances, clock);
    }

    /** Whether this is the name of our facilitator; no configured one can have it. */
    public static boolean isOurs(String facilitator) {
        return facilitator.equals(BalanceFacilitator.ID);
    }
}
