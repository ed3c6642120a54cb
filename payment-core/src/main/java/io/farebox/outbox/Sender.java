package io.farebox.outbox;

import io.farebox.x402.Network;

/**
 * An account of ours that sends transactions on one chain.
 *
 * @param account {@code 0x} and 40 digits in lower case
 */
public record Sender(Network network, String account) {
    @Override
    public String toString() {
        return account + " on " + network;
    }
}
