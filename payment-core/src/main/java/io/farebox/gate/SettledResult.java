package io.farebox.gate;

/** What the book made of a settlement. */
public enum SettledResult {
    RECORDED,
    /** The row is no longer ours; whoever took it over decides. */
    LOST,
    /** Another payment already stands on this transaction: not believed without a look at the chain. Nothing changed. */
    DUPLICATE_TRANSACTION
}
