package io.farebox.chain.lookup;

/** A node gave no answer that can be used. The reason is a code of ours: nothing a node said and no URL goes into it. */
final class RpcFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    RpcFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
