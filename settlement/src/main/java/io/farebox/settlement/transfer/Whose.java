package io.farebox.settlement.transfer;

import org.jspecify.annotations.Nullable;

/**
 * Whose transfers of a transaction count.
 *
 * @param sender one who has signed for them, canonical; null if nobody has
 * @param memo what its one payer has noted in it; null if nothing needs to be
 */
record Whose(@Nullable String sender, @Nullable String memo) {
    static Whose of(String sender) {
        return new Whose(sender, null);
    }

    static Whose whoNoted(String memo) {
        return new Whose(null, memo);
    }

    /** Of the first who sent enough. */
    static Whose anyones() {
        return new Whose(null, null);
    }
}
