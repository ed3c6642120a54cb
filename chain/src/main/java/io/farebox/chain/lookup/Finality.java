package io.farebox.chain.lookup;

/**
 * When a Solana transaction counts: from 32 confirmations on, once its block is final, which a cluster decides by itself; below, once
 * two thirds of the stake have voted for its block and so many slots have come, its own included.
 *
 * @param commitment what nodes call it
 * @param slots how many slots there must be
 */
record Finality(String commitment, int slots) {
    private static final int FINAL = 32;

    static Finality of(int confirmations) {
        return confirmations >= FINAL ? new Finality("finalized", 1) : new Finality("confirmed", confirmations);
    }
}
