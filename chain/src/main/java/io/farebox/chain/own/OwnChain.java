package io.farebox.chain.own;

import io.farebox.chain.AccountKey;
import io.farebox.chain.lookup.SendingNodes;
import io.farebox.gate.OutcomeLookup;
import io.farebox.outbox.Outbox;
import io.farebox.outbox.Sender;
import java.math.BigInteger;
import java.time.InstantSource;

/**
 * One network that we settle on, and what is needed there.
 *
 * @param confirmations blocks, the one with the transaction included, after which it is not looked after any more
 * @param lookup finds payments that somebody else's transaction settled
 */
record OwnChain(
        OwnSettings settings,
        SendingNodes nodes,
        int confirmations,
        AccountKey key,
        Outbox outbox,
        OutcomeLookup lookup,
        Trouble trouble,
        InstantSource clock) {

    Sender sender() {
        return new Sender(nodes.network(), key.address());
    }

    BigInteger chainId() {
        return new BigInteger(nodes.network().reference());
    }
}
