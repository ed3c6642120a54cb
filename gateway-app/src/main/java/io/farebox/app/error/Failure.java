package io.farebox.app.error;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.TimeoutException;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * What went wrong, as a client may know it.
 *
 * @param code fixed
 * @param isUpstream whether the upstream is to blame, or what is between it and us
 */
record Failure(int status, String code, String message, boolean isUpstream) {
    private static final Failure UNREACHABLE =
            new Failure(502, "upstream_unavailable", "The service behind this gateway cannot be reached.", true);
    private static final Failure LATE =
            new Failure(504, "upstream_timeout", "The service behind this gateway took too long.", true);
    private static final Failure BUSY =
            new Failure(503, "upstream_busy", "The service behind this gateway is busy; try again.", true);
    private static final Failure NOT_FOUND = new Failure(404, "no_route", "Nothing is served here.", false);
    /** Nobody reads it. */
    private static final Failure GONE = new Failure(400, "client_gone", "The request broke off.", false);

    private static final Failure OURS = new Failure(500, "internal_error", "The gateway failed.", false);

    /** @param isAsked whether the upstream was being asked, and has not answered */
    static Failure of(Throwable error, boolean isAsked) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof AbortedException) return GONE;
            if (cause instanceof ResponseStatusException known) return of(known.getStatusCode());
            if (cause instanceof ConnectTimeoutException || cause instanceof TimeoutException) return LATE;
            if (cause instanceof PoolAcquireTimeoutException || cause instanceof PoolAcquirePendingLimitException)
                return BUSY;
            // Refused, reset, unknown host, TLS failed, closed before an answer: all are one to a client.
            if (cause instanceof IOException) return UNREACHABLE;
        }
        // What its answer is made of may break whoever reads it.
        return isAsked ? UNREACHABLE : OURS;
    }

    private static Failure of(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> NOT_FOUND;
            case 502 -> UNREACHABLE;
            case 503 -> BUSY;
            case 504 -> LATE;
            case 500 -> OURS;
            default -> named(status);
        };
    }

    private static Failure named(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        String name = known == null ? "refused" : known.name().toLowerCase(Locale.ROOT);
        String text = known == null ? "The request was refused." : known.getReasonPhrase() + '.';
        return new Failure(status.value(), name, text, false);
    }

    String json() {
        return "{\"error\":\"" + code + "\",\"message\":\"" + message + "\"}";
    }
}
