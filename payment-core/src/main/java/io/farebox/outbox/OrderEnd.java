package io.farebox.outbox;

import org.jspecify.annotations.Nullable;

/**
 * What became of an order, or for {@code QUEUED} that it is to be done again: its transaction can never be mined.
 *
 * @param transaction null if nothing was mined for it
 * @param reason null if it was settled
 */
public record OrderEnd(
        String key,
        Order.State state,
        @Nullable String transaction,
        @Nullable String reason) {
    public static OrderEnd settled(String key, String transaction) {
        return new OrderEnd(key, Order.State.SETTLED, transaction, null);
    }

    public static OrderEnd reverted(String key, String transaction, String reason) {
        return new OrderEnd(key, Order.State.REVERTED, transaction, reason);
    }

    public static OrderEnd refused(String key, String reason) {
        return new OrderEnd(key, Order.State.REFUSED, null, reason);
    }

    public static OrderEnd again(String key) {
        return new OrderEnd(key, Order.State.QUEUED, null, null);
    }
}
