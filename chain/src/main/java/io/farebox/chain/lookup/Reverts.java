package io.farebox.chain.lookup;

import java.util.Locale;
import java.util.Set;
import org.web3j.protocol.core.Response;

/** Tells the answer that a call fails from the answer that a node fails: nodes have one shape for both. */
final class Reverts {
    /** geth, anvil and others; Nethermind. */
    private static final Set<Integer> CODES = Set.of(3, -32015);

    private Reverts() {}

    static boolean is(Response.Error error) {
        if (CODES.contains(error.getCode())) return true;
        String message = error.getMessage() == null ? "" : error.getMessage().toLowerCase(Locale.ROOT);
        return message.contains("execution reverted") || message.contains("invalid opcode");
    }
}
