package io.farebox.chain.lookup;

/** No node gave an answer that can be used. The message holds a code of ours and the network, no URL and nothing a node said. */
public final class ChainUnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    ChainUnreadableException(String message) {
        super(message);
    }
}
