package io.farebox.chain.lookup;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** What the nodes show of a transaction that somebody says is a transfer. */
public sealed interface TransferSight {
    /** It succeeded and is as deep as configured: everything that any contract said in it. */
    record Mined(Instant at, List<Moved> transfers, List<Used> authorizations) implements TransferSight {
        public Mined {
            transfers = List.copyOf(transfers);
            authorizations = List.copyOf(authorizations);
        }
    }

    /** It waits for a block, or its block for those that follow. */
    record Pending() implements TransferSight {}

    /** It is in a block, and failed. */
    record Reverted() implements TransferSight {}

    /** All nodes answered, and none knows of it. */
    record NotFound() implements TransferSight {}

    /** No node could be asked, or one that could not may know more. */
    record Unreadable() implements TransferSight {}

    /**
     * A {@code Transfer} log in the form of ERC-20. Whoever emitted it may lie: only what the asset itself says counts.
     *
     * @param emitter the contract that says so; addresses are in lower case
     */
    record Moved(long logIndex, String emitter, String from, String to, BigInteger value) {}

    /** An {@code AuthorizationUsed} log of EIP-3009. @param emitter the contract that says so, in lower case like the rest */
    record Used(String emitter, String authorizer, String nonce) {}
}
