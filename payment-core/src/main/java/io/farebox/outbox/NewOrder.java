package io.farebox.outbox;

import java.time.Instant;

/**
 * A settlement to be taken on; see {@link Order}.
 *
 * @param keepUntil when it may be forgotten, if it has ended: not before the authorization's window
 */
public record NewOrder(String key, Sender sender, String digest, String payload, Instant keepUntil) {}
