package io.farebox.pricing;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * What transfers are taken that payers make by themselves.
 *
 * @param maxAge how old one may be when it is first shown
 * @param min the smallest one
 * @param proofRequired whether a payer must sign that it is his
 */
public record TransferConfig(Duration maxAge, Price min, boolean proofRequired) {
    /** How old a transfer may be unless configured. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(1);

    /** How old a transfer may be at most: finished payments are kept longer than that, so none can be shown twice. */
    public static final Duration LARGEST_MAX_AGE = Duration.ofDays(1);

    /** The smallest transfer of an asset in atomic units; empty if the asset has another unit or too few digits. */
    public Optional<BigInteger> least(AssetInfo asset) {
        boolean fits = min.isUsd() ? asset.usd() : min.unit().equals(asset.symbol());
        return fits && !min.isFinerThan(asset.decimals())
                ? Optional.of(min.atomic(asset.decimals()))
                : Optional.empty();
    }
}
