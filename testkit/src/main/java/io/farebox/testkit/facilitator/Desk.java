package io.farebox.testkit.facilitator;

import java.math.BigInteger;

/** What an honest facilitator does and says; shared by the two scripted ones. Thread-safe. */
final class Desk {
    static final String NONCE_USED = "invalid_exact_evm_nonce_already_used";

    final ChargeLedger ledger;
    volatile boolean forgetful;

    Desk(ChargeLedger ledger) {
        this.ledger = ledger;
    }

    String verify(Asked asked) {
        if (!asked.fits()) return declined(true, asked, "invalid_payload");
        if (ledger.isCharged(asked.authorization())) return declined(true, asked, NONCE_USED);
        return "{\"isValid\":true,\"payer\":\"" + asked.payer() + "\"}";
    }

    String settle(Asked asked) {
        if (!asked.fits()) return declined(false, asked, "invalid_payload");
        boolean first = charge(asked);
        return first || !forgetful ? settled(asked) : declined(false, asked, NONCE_USED);
    }

    boolean charge(Asked asked) {
        return ledger.charge(asked.authorization(), new BigInteger(asked.amount()));
    }

    String pending(Asked asked) {
        boolean first = charge(asked);
        return first ? settlement(false, "settlement_pending", asked, transaction(asked)) : settled(asked);
    }

    String declined(boolean verify, Asked asked, String reason) {
        return verify
                ? "{\"isValid\":false,\"invalidReason\":\"" + reason + "\",\"payer\":\"" + asked.payer() + "\"}"
                : settlement(false, reason, asked, "");
    }

    static String fill(String text, Asked asked) {
        return text.replace("{network}", asked.network())
                .replace("{payer}", asked.payer())
                .replace("{transaction}", transaction(asked));
    }

    private static String settled(Asked asked) {
        return settlement(true, "", asked, transaction(asked));
    }

    private static String settlement(boolean success, String reason, Asked asked, String transaction) {
        return "{\"success\":" + success + (reason.isEmpty() ? "" : ",\"errorReason\":\"" + reason + "\"")
                + (asked.isSolana() ? "" : ",\"payer\":\"" + asked.payer() + "\"") + ",\"transaction\":\""
                + transaction + "\",\"network\":\"" + asked.network() + "\"}";
    }

    private static String transaction(Asked asked) {
        return ChargeLedger.transaction(asked.authorization());
    }
}
