package io.farebox.gate;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A payer's wish to be forgotten. Payments that are at rest get a pseudonym for the payer and for everything that is made of the
 * payer's address, and so do transfers that were credited; amounts, times and transactions stay, as books must. Nothing is erased
 * while anything is left on a balance.
 *
 * @param payer canonical address
 * @param pseudonym makes a name that nobody can trace back and that differs for different texts; at most 100 characters
 * @param restingSince only payments that nothing was done with since before this instant, and whose window ended before it
 * @param limit how many at most
 */
public record Erasure(
        String payer,
        UnaryOperator<String> pseudonym,
        Instant restingSince,
        Instant now,
        String by,
        String note,
        int limit) {}
