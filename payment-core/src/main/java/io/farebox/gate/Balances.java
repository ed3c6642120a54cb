package io.farebox.gate;

import io.farebox.x402.Network;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * Port: what payers have paid ahead, kept with the book and as durably. Every method is atomic and durable when it returns, may
 * block and is safe for concurrent use; all throw {@link BookUnavailableException} when it is not certain what was written, and
 * may then be called again in the same way.
 *
 * <p>A balance is the sum of its deposits less the sum of its debits, and never below zero. A transfer is credited once for ever,
 * and a debit is made once for its key.
 */
public interface Balances {
    /**
     * Puts transfers on a balance. Those that are on one already are left alone.
     *
     * @param authorizations the identities ({@link io.farebox.x402.PaymentIdentity}) of signed payments that the payer's
     *     transfers in these transactions may have been made by. None of them may be a payment in the book, and none can become one
     *     afterwards: otherwise one transfer would pay twice
     * @return false if one of them is, or may become, charged by the book; then nothing is credited
     */
    boolean credit(Account account, List<Deposit> deposits, List<String> authorizations, Instant now);

    /** What was credited of a transaction, in the order of its logs. */
    List<Credited> credited(Network network, String transaction);

    /** What is on a balance, in atomic units; zero for one that nobody knows. */
    BigInteger balance(Account account);

    /**
     * Takes an amount from a balance, once for the key: again with the same key it answers as the first time that it was made.
     *
     * @param key the payment's identity
     */
    Debit debit(String key, Account account, BigInteger amount, Instant now);

    /** Whether a debit was made. One that was not can never be made afterwards. */
    boolean conclude(String key, Instant now);

    /** What became of an attempt to take from a balance. */
    enum Debit {
        MADE,
        /** There is not enough. Nothing was taken; it may be tried again. */
        INSUFFICIENT,
        /** {@link Balances#conclude} came first: nothing was taken, and nothing will be. */
        CLOSED
    }

    /** A transfer on a balance. */
    record Credited(Account account, Deposit deposit, Instant at) {}
}
