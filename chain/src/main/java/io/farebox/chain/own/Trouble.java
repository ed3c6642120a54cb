package io.farebox.chain.own;

import io.farebox.outbox.Outbox;
import io.farebox.outbox.SendingLease;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What keeps us from sending on one network. Said once in the log when it begins and when it ends. Thread-safe. */
final class Trouble {
    /** The chain cannot be read. */
    static final String UNREADABLE = "chain_unreadable";

    static final String OUT_OF_GAS = "sender_out_of_gas";
    static final String TOO_DEAR = "gas_price_above_limit";
    static final String BUDGET = "gas_budget_spent";
    static final String BEHIND = "chain_behind_outbox";

    private static final System.Logger LOG = System.getLogger(OwnFacilitator.class.getName());

    /** So long after it was seen, a payment is let through to see whether it still is there. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final Map<String, String> FIXES = Map.of(
            UNREADABLE, "Check networks.<name>.rpc.",
            OUT_OF_GAS, "Send coins of the chain to the account.",
            TOO_DEAR, "Wait, or raise chain.max-fee.",
            BUDGET, "Wait, or raise chain.daily-budget.",
            BEHIND, "The nodes know fewer transactions of the account than were sent: check that they are up to date.");

    private final String sender;
    private @Nullable String code;
    private Instant seen = Instant.EPOCH;

    Trouble(String sender) {
        this.sender = sender;
    }

    /** Notes what keeps the holder of the lease from sending, or that nothing does any more, where others see it too. */
    void note(Outbox outbox, SendingLease lease, @Nullable String now, Instant when) {
        if (set(now, when)) outbox.trouble(lease, now);
    }

    /** @return whether it is news */
    synchronized boolean set(@Nullable String now, Instant when) {
        seen = when;
        if (Objects.equals(code, now)) return false;
        code = now;
        if (now == null) LOG.log(System.Logger.Level.INFO, "{0} sends again", sender);
        else
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0} cannot send: {1}. {2} Payments are answered 503 meanwhile, and nobody is charged",
                    sender,
                    now,
                    FIXES.getOrDefault(now, ""));
        return true;
    }

    /** This one is over, if it was what kept us. */
    synchronized void over(String which, Instant when) {
        if (which.equals(code)) set(null, when);
    }

    /** What it is, whenever it was seen. */
    synchronized Optional<String> now() {
        return Optional.ofNullable(code);
    }

    /** What it is, if it was seen a moment ago. */
    synchronized Optional<String> fresh(Instant now) {
        return seen.plus(FRESH).isAfter(now) ? Optional.ofNullable(code) : Optional.empty();
    }
}
