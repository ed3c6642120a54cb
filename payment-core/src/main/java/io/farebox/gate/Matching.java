package io.farebox.gate;

import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.util.List;
import java.util.Map;

/**
 * Finds our terms that a payment is for, as the reference resource server does (x402 2.27.0): version 2 echoes the terms it
 * accepted, and everything but {@code extra} must be equal while {@code extra} may only have grown; version 1 echoes scheme
 * and network alone.
 */
final class Matching {
    private Matching() {}

    /** Our terms that the payment meets or comes closest to, best first; empty if we offer nothing of the kind. */
    static List<PaymentRequirements> candidates(PaymentPayload payment, List<PaymentRequirements> accepts) {
        PaymentRequirements accepted = payment.accepted();
        if (accepted == null) {
            List<PaymentRequirements> sameKind =
                    accepts.stream().filter(ours -> sameKind(payment, ours)).toList();
            List<PaymentRequirements> exact = sameKind.stream()
                    .filter(ours -> pays(payment.payload(), ours))
                    .toList();
            return exact.isEmpty() ? sameKind.stream().limit(1).toList() : exact;
        }
        for (PaymentRequirements ours : accepts) if (matches(ours, accepted)) return List.of(ours);
        return accepts.stream()
                .filter(ours -> sameKind(payment, ours) && ours.asset().equalsIgnoreCase(accepted.asset()))
                .limit(1)
                .toList();
    }

    /** Whether accepted terms are ours. */
    static boolean matches(PaymentRequirements ours, PaymentRequirements accepted) {
        return ours.scheme().equals(accepted.scheme())
                && ours.network().equals(accepted.network())
                && ours.amount().equals(accepted.amount())
                && ours.asset().equals(accepted.asset())
                && ours.payTo().equals(accepted.payTo())
                && ours.maxTimeoutSeconds() == accepted.maxTimeoutSeconds()
                && contains(ours.extra(), accepted.extra());
    }

    private static boolean contains(Map<String, Object> ours, Map<String, Object> theirs) {
        for (Map.Entry<String, Object> member : ours.entrySet()) {
            if (!member.getValue().equals(theirs.get(member.getKey()))) return false;
        }
        return true;
    }

    private static boolean sameKind(PaymentPayload payment, PaymentRequirements ours) {
        return ours.scheme().equals(payment.scheme()) && ours.network().equals(payment.network());
    }

    private static boolean pays(SchemePayload payload, PaymentRequirements ours) {
        return switch (payload) {
            case SchemePayload.Eip3009 p -> p.value().equals(ours.amount()) && p.to().equalsIgnoreCase(ours.payTo());
            case SchemePayload.Solana p -> true;
        };
    }
}
