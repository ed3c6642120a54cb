package io.farebox.chain;

import io.farebox.x402.PaymentRequirements;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers domain separators, which cost more than the rest of a digest. Its keys are our own terms, so that the
 * configuration bounds it; a cap makes sure, should anyone ever pass terms that a client wrote. Thread-safe.
 */
final class DomainSeparators {
    static final int MAX = 256;

    private final Map<Eip712Domain, byte[]> known = new ConcurrentHashMap<>();

    /** The separator for these terms, not to be changed by the caller; null if they name no domain. */
    byte @Nullable [] of(PaymentRequirements requirements) {
        Eip712Domain domain = Eip712Domain.of(requirements);
        if (domain == null) return null;
        byte[] separator = known.get(domain);
        return separator != null ? separator : compute(domain);
    }

    private byte @Nullable [] compute(Eip712Domain domain) {
        byte[] separator = domain.separator();
        if (separator != null && known.size() < MAX) known.put(domain, separator);
        return separator;
    }

    int size() {
        return known.size();
    }
}
