package io.farebox.x402;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One way to pay: an entry of {@code accepts} in a 402 (x402 v2 §5.1.2; v1 carries the same facts under other names).
 *
 * @param scheme payment scheme, {@code exact}
 * @param network where the payment happens
 * @param amount price in atomic units of the asset
 * @param asset token contract (EVM) or mint (Solana), spelled exactly as published: clients compare case
 * @param payTo who is paid, spelled exactly as configured
 * @param maxTimeoutSeconds how long a signed payment stays valid
 * @param extra what the scheme needs to know: {@code name} and {@code version} of the EIP-712 domain, {@code feePayer}; plain
 *     JSON values (String, Long, BigDecimal, Boolean, List, Map), never null
 */
public record PaymentRequirements(
        String scheme,
        Network network,
        BigInteger amount,
        String asset,
        String payTo,
        long maxTimeoutSeconds,
        Map<String, Object> extra) {
    public PaymentRequirements {
        if (amount.signum() < 0) throw new IllegalArgumentException("amount is negative");
        extra.values().forEach(Objects::requireNonNull);
        // In its order: Map.copyOf has another one in every process, and replicas would write one challenge in many
        // ways.
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }
}
