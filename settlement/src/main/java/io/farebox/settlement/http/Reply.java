package io.farebox.settlement.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came back, whole and within bounds.
 *
 * @param retryAfter what was asked for, bounded; null if nothing was
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Reply(int status, byte[] body, @Nullable Duration retryAfter) {}
