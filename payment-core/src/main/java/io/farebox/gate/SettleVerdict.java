package io.farebox.gate;

import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SettleResponse;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a facilitator's answer to {@code /settle} proves. It is untrusted: a yes must fit what was asked, and a no that says
 * "the nonce is used" may mean that this very payment went through.
 */
public enum SettleVerdict {
    CHARGED,
    NOT_CHARGED,
    UNCLEAR;

    private static final Pattern EVM_HASH = Pattern.compile("0x[0-9a-fA-F]{64}");
    private static final Pattern SOLANA_SIGNATURE = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{64,88}");

    /** Reasons of the specification and of the reference facilitators that are found before a transaction is made. */
    private static final Set<String> BEFORE_SENDING = Set.of(
            "insufficient_funds",
            "invalid_scheme",
            "unsupported_scheme",
            "invalid_network",
            "invalid_payload",
            "invalid_payment",
            "invalid_payment_requirements",
            "invalid_x402_version",
            "payment_expired",
            "asset_not_deployed_contract",
            "invalid_exact_evm_scheme",
            "invalid_exact_evm_missing_eip712_domain",
            "invalid_exact_evm_network_mismatch",
            "invalid_exact_evm_signature",
            "invalid_exact_evm_recipient_mismatch",
            "invalid_exact_evm_authorization_value",
            "invalid_exact_evm_insufficient_balance",
            "invalid_exact_evm_token_name_mismatch",
            "invalid_exact_evm_token_version_mismatch",
            "invalid_exact_evm_eip3009_not_supported",
            "invalid_exact_evm_payload_signature",
            "invalid_exact_evm_payload_recipient_mismatch",
            "invalid_exact_evm_payload_authorization_value",
            "invalid_exact_evm_payload_authorization_value_mismatch",
            "invalid_exact_evm_payload_authorization_valid_after",
            "invalid_exact_evm_payload_authorization_valid_before",
            "invalid_exact_evm_payload_undeployed_smart_wallet",
            "eip6492_factory_not_allowed");

    /** Judges an answer. @param payer the canonical payer that was proven */
    public static SettleVerdict of(SettleResponse answer, PaymentRequirements asked, String payer) {
        if (!answer.success()) return mayHaveHappened(answer) ? UNCLEAR : NOT_CHARGED;
        boolean sameNetwork = asked.network().equals(answer.network());
        boolean samePayer = answer.payer() == null || same(answer.payer(), payer, asked);
        return sameNetwork && samePayer && isTransaction(answer.transaction(), asked) ? CHARGED : UNCLEAR;
    }

    /** The reason in an answer, never empty. */
    public static String reason(SettleResponse answer) {
        if (answer.success()) return "settlement_inconsistent";
        return answer.errorReason() == null || answer.errorReason().isEmpty()
                ? "unexpected_settle_error"
                : answer.errorReason();
    }

    /**
     * Whether a no leaves open that the payment went through. Only reasons that are found before anything is sent are proof;
     * a facilitator may tell a timeout after its broadcast in any words, and "nonce used" may be about this very payment.
     */
    public static boolean mayHaveHappened(SettleResponse no) {
        return no.isPending() || !no.transaction().isEmpty() || !BEFORE_SENDING.contains(reason(no));
    }

    private static boolean same(String theirs, String payer, PaymentRequirements asked) {
        return asked.network().isEvm() ? theirs.equalsIgnoreCase(payer) : theirs.equals(payer);
    }

    private static boolean isTransaction(String text, PaymentRequirements asked) {
        return (asked.network().isEvm() ? EVM_HASH : SOLANA_SIGNATURE)
                .matcher(text)
                .matches();
    }
}
