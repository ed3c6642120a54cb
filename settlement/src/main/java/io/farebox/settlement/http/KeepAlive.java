package io.farebox.settlement.http;

import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Keeps connections a second less than the facilitator says, half a minute at most: a settle that meets a connection just
 * being closed has an unknown outcome, which is far dearer than a new connection.
 */
final class KeepAlive extends DefaultConnectionKeepAliveStrategy {
    private static final long MARGIN_MILLIS = 1000;
    private static final long LEAST_MILLIS = 100;
    private static final long MOST_MILLIS = 30_000;

    @Override
    public TimeValue getKeepAliveDuration(HttpResponse response, HttpContext context) {
        TimeValue told = super.getKeepAliveDuration(response, context);
        if (told == null || told.getDuration() <= 0) return TimeValue.ofMilliseconds(MOST_MILLIS);
        long millis = Math.min(told.toMilliseconds() - MARGIN_MILLIS, MOST_MILLIS);
        return TimeValue.ofMilliseconds(Math.max(millis, LEAST_MILLIS));
    }
}
