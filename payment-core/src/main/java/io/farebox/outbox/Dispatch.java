package io.farebox.outbox;

import java.math.BigInteger;
import java.time.Instant;

/**
 * A signed transaction, stored before it is sent. A nonce may have several, which differ in their fees only: any of them may be
 * the one that is mined.
 *
 * @param attempt from 0; a later one pays more
 * @param raw the signed bytes, {@code 0x} and hexadecimal digits
 * @param maxFee most that it pays for a unit of gas, in wei
 * @param tip what the block's maker gets of that
 * @param cost most that it can cost, in wei
 */
public record Dispatch(
        long nonce,
        int attempt,
        String raw,
        String hash,
        BigInteger maxFee,
        BigInteger tip,
        BigInteger cost,
        Instant storedAt) {}
