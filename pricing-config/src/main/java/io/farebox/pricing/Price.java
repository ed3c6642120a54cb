package io.farebox.pricing;

import io.farebox.x402.AtomicAmount;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A price as people write it: an amount and its unit.
 *
 * @param amount above zero, exact
 * @param unit {@link #USD}, or the symbol of an asset
 */
public record Price(BigDecimal amount, String unit) implements Comparable<Price> {
    /** The unit of prices in dollars. */
    public static final String USD = "USD";

    public Price {
        if (amount.signum() <= 0) throw new IllegalArgumentException("a price is above zero");
    }

    public boolean isUsd() {
        return unit.equals(USD);
    }

    /**
     * The price in atomic units, exactly.
     *
     * @param decimals digits after the point of one whole unit of the asset
     * @throws ArithmeticException if digits would be lost, or the amount does not fit into 256 bits
     */
    public BigInteger atomic(int decimals) {
        BigInteger atomic = amount.movePointRight(decimals).toBigIntegerExact();
        if (atomic.compareTo(AtomicAmount.MAX) > 0) throw new ArithmeticException("more than 256 bits");
        return atomic;
    }

    /** Whether {@link #atomic} would lose digits. */
    boolean isFinerThan(int decimals) {
        return amount.stripTrailingZeros().scale() > decimals;
    }

    /** As people read it: {@code $0.01}, {@code 0.25 USDC}. */
    public String text() {
        return isUsd() ? "$" + amount.toPlainString() : amount.toPlainString() + " " + unit;
    }

    /** Compares amounts of the same unit. */
    @Override
    public int compareTo(Price other) {
        if (!unit.equals(other.unit)) throw new IllegalArgumentException("prices in different units");
        return amount.compareTo(other.amount);
    }
}
