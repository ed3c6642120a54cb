package io.farebox.gate;

import java.math.BigInteger;

/**
 * A transfer that happened on a chain.
 *
 * @param transaction its transaction's hash, canonical
 * @param logIndex which of the transaction's logs it is
 * @param amount atomic units, above zero
 */
public record Deposit(String transaction, long logIndex, BigInteger amount) {
    public Deposit {
        if (amount.signum() <= 0) throw new IllegalArgumentException("a deposit is above zero");
    }
}
