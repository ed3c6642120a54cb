package io.farebox.gate;

/**
 * What a gate needs to take tokens.
 *
 * @param terms what tokens of balances are given out
 * @param tokens where tokens are kept
 * @param balances what they name
 */
public record Prepaid(TokenTerms terms, Tokens tokens, Balances balances) {}
