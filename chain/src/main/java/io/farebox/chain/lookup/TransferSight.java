package io.farebox.chain.lookup;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the nodes show of a transaction that somebody says is a transfer. */
public sealed interface TransferSight {
    /**
     * It succeeded and is as deep as configured: everything that any contract said in it.
     *
     * @param message what its payers have signed; null on EVM chains, where logs tell
     */
    record Mined(
            Instant at,
            List<Moved> transfers,
            List<Used> authorizations,
            @Nullable Message message) implements TransferSight {
        public Mined {
            transfers = List.copyOf(transfers);
            authorizations = List.copyOf(authorizations);
        }

        /** On an EVM chain. */
        public Mined(Instant at, List<Moved> transfers, List<Used> authorizations) {
            this(at, transfers, authorizations, null);
        }
    }

    /**
     * A transaction of Solana as its signers have signed it.
     *
     * @param hash SHA-256 in lower-case hexadecimal
     * @param memos notes in it that may bind it to a challenge
     */
    record Message(String hash, Set<String> memos) {
        public Message {
            memos = Set.copyOf(memos);
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
     * A {@code Transfer} log in the form of ERC-20, of which whoever emitted it may lie: only what the asset itself says counts. Or
     * what a token program of Solana moved and has arrived.
     *
     * @param logIndex which of the transaction's logs, or instructions
     * @param emitter the contract that says so, or the mint; EVM addresses are in lower case
     * @param from whose tokens they were; on Solana who moved them
     * @param to on Solana the owner of the account that got them, empty if that is not certain
     */
    record Moved(long logIndex, String emitter, String from, String to, BigInteger value) {}

    /** An {@code AuthorizationUsed} log of EIP-3009. @param emitter the contract that says so, in lower case like the rest */
    record Used(String emitter, String authorizer, String nonce) {}
}
