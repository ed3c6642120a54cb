package io.farebox.gate;

import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SolanaTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds our terms that a payment is for, as the reference resource server does (x402 2.27.0): version 2 echoes the terms it
 * accepted, and everything but {@code extra} must be equal while {@code extra} may only have grown; version 1 echoes scheme
 * and network alone, so amount and payee tell.
 */
final class Matching {
    private Matching() {}

    /** Our terms that the payment is for. In version 1 several may be; then the signature tells which. */
    static List<PaymentRequirements> exact(PaymentPayload payment, List<PaymentRequirements> accepts) {
        PaymentRequirements accepted = payment.accepted();
        if (accepted == null) {
            return accepts.stream()
                    .filter(ours -> sameKind(payment, ours) && pays(payment.payload(), ours))
                    .toList();
        }
        for (PaymentRequirements ours : accepts) if (matches(ours, accepted)) return List.of(ours);
        return List.of();
    }

    /** Our terms that a payment which is for none of them comes closest to, if we offer anything of the kind. */
    static Optional<PaymentRequirements> nearest(PaymentPayload payment, List<PaymentRequirements> accepts) {
        PaymentRequirements accepted = payment.accepted();
        return accepts.stream()
                .filter(ours -> sameKind(payment, ours)
                        && (accepted == null || ours.asset().equalsIgnoreCase(accepted.asset())))
                .findFirst();
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
            case SchemePayload.Solana p ->
                SolanaTransaction.decode(p.transaction())
                        .map(transaction -> pays(transaction, ours))
                        .orElse(true);
            case SchemePayload.Transfer p -> false;
            case SchemePayload.Token p -> false;
        };
    }

    /** As far as the transaction tells; whose account is paid is its facilitator's to check. */
    private static boolean pays(SolanaTransaction transaction, PaymentRequirements ours) {
        Object feePayer = ours.extra().get("feePayer");
        if (feePayer != null && !feePayer.equals(transaction.feePayer())) return false;
        return transaction.transfers().isEmpty()
                || transaction.transfers().stream()
                        .anyMatch(transfer -> transfer.mint().equals(ours.asset())
                                && transfer.amount().equals(ours.amount()));
    }
}
