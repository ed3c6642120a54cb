package io.farebox.chain.lookup;

import io.farebox.x402.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that may be a payment, the newest first, of those that its token account was part of.
 *
 * @param whole whether none can be missing
 */
record SolanaListing(List<String> signatures, boolean whole) {
    /** Around the payment's time; see {@link SolanaLife}. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private static final int PAGE = 1_000;
    private static final int PAGES = 3;

    /** How many are looked at one by one. */
    private static final int MOST = 20;

    SolanaListing {
        signatures = List.copyOf(signatures);
    }

    /** @param notBefore the node must have seen this slot */
    static SolanaListing of(SolanaView chain, SolanaPayment payment, long notBefore) throws RpcFailure {
        List<String> found = new ArrayList<>();
        String before = null;
        int pages = payment.since() == null ? 1 : PAGES;
        for (int i = 0; i < pages; i++) {
            List<JsonObject> page = chain.listed(payment.account(), before, PAGE, notBefore);
            for (JsonObject each : page) {
                if (isBefore(each, payment.since())) return new SolanaListing(found, true);
                before = signature(each);
                if (isAfter(each, payment.since()) || !payment.mayBe(each.stringOrNull("memo"))) continue;
                if (found.size() == MOST) return new SolanaListing(found, false);
                found.add(before);
            }
            if (page.size() < PAGE) return new SolanaListing(found, true);
        }
        return new SolanaListing(found, false);
    }

    private static String signature(JsonObject listed) throws RpcFailure {
        return SolanaText.signature(listed.members().get("signature"));
    }

    private static boolean isBefore(JsonObject listed, @Nullable Instant since) throws RpcFailure {
        return since != null && time(listed).isBefore(since.minus(MARGIN));
    }

    private static boolean isAfter(JsonObject listed, @Nullable Instant since) throws RpcFailure {
        return since != null && time(listed).isAfter(since.plus(MARGIN));
    }

    private static Instant time(JsonObject listed) throws RpcFailure {
        return SolanaText.time(listed.members().get("blockTime"));
    }
}
