package io.farebox.gate;

import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SettleResponse;
import java.util.Locale;
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

    /** Whether a no leaves open that the payment went through: the nonce is used, or a transaction was sent. */
    public static boolean mayHaveHappened(SettleResponse no) {
        if (no.isPending() || !no.transaction().isEmpty()) return true;
        String reason = reason(no).toLowerCase(Locale.ROOT);
        return reason.contains("nonce")
                || reason.contains("already")
                || reason.contains("used")
                || reason.contains("duplicate")
                || reason.contains("timed_out")
                || reason.contains("timeout")
                || reason.contains("transaction_state")
                || reason.contains("unexpected");
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
