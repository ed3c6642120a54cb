package io.farebox.settlement.http;

import io.farebox.gate.FacilitatorUnavailableException.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges of one facilitator: so many at a time, each over by its deadline, no reply beyond {@link #MAX_REPLY}. Tells of
 * each failure whether the request may have been read. Thread-safe.
 */
final class HttpCalls implements AutoCloseable {
    /** Bytes of a reply that are read at most. */
    static final int MAX_REPLY = 64 * 1024;

    private final FacilitatorSettings settings;
    private final CloseableHttpClient client;
    private final Semaphore free;
    private final ScheduledThreadPoolExecutor deadlines;

    HttpCalls(FacilitatorSettings settings) {
        this(settings, PooledClient.TRUSTED_IDLE);
    }

    HttpCalls(FacilitatorSettings settings, Duration trustedIdle) {
        this.settings = settings;
        this.client = PooledClient.make(settings, trustedIdle);
        this.free = new Semaphore(settings.maxConcurrent());
        this.deadlines = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("farebox-deadlines-" + settings.id())
                        .factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    Reply post(URI endpoint, String json, @Nullable String authorization, Duration deadline) throws CallFailure {
        HttpPost request = new HttpPost(endpoint);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        return call(request, authorization, deadline);
    }

    Reply get(URI endpoint, @Nullable String authorization, Duration deadline) throws CallFailure {
        return call(new HttpGet(endpoint), authorization, deadline);
    }

    private Reply call(HttpUriRequestBase request, @Nullable String authorization, Duration deadline)
            throws CallFailure {
        if (!free.tryAcquire()) throw new CallFailure(Reach.NOT_REACHED, "too_many_calls");
        try {
            request.setHeader("Accept", "application/json");
            if (authorization != null) request.setHeader("Authorization", authorization);
            return withDeadline(request, deadline);
        } finally {
            free.release();
        }
    }

    private Reply withDeadline(HttpUriRequestBase request, Duration deadline) throws CallFailure {
        AtomicBoolean over = new AtomicBoolean();
        HttpClientContext context = HttpClientContext.create();
        Future<?> alarm = deadlines.schedule(
                () -> {
                    over.set(true);
                    request.cancel();
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(null, request, context)) {
            return read(request, response);
        } catch (IOException | RuntimeException e) {
            Reach reach = SendingMark.mayBeSent(context) ? Reach.MAYBE_REACHED : Reach.NOT_REACHED;
            throw new CallFailure(reach, over.get() ? "timeout" : reason(e, reach));
        } finally {
            alarm.cancel(false);
        }
    }

    private static Reply read(HttpUriRequestBase request, ClassicHttpResponse response)
            throws IOException, CallFailure {
        byte[] body = body(request, response);
        return new Reply(response.getCode(), body, RetryAfter.read(text(response.getFirstHeader("Retry-After"))));
    }

    private static byte[] body(HttpUriRequestBase request, ClassicHttpResponse response)
            throws IOException, CallFailure {
        if (response.getEntity() == null) return new byte[0];
        // Not closed on purpose: closing would read on to the end, however far that is.
        @SuppressWarnings("resource")
        InputStream in = response.getEntity().getContent();
        byte[] body = in.readNBytes(MAX_REPLY + 1);
        if (body.length <= MAX_REPLY) return body;
        request.cancel();
        throw new CallFailure(Reach.MAYBE_REACHED, "answer_too_long");
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null ? null : header.getValue();
    }

    private static String reason(Exception e, Reach reach) {
        return switch (e) {
            case UnknownHostException unknown -> "unknown_host";
            case ConnectionRequestTimeoutException full -> "too_many_calls";
            case SSLException tls -> "tls_failed";
            case SocketTimeoutException late -> reach == Reach.NOT_REACHED ? "connect_timeout" : "timeout";
            case ConnectException refused -> "refused";
            default -> reach == Reach.NOT_REACHED ? "not_connected" : "connection_lost";
        };
    }

    FacilitatorSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.GRACEFUL);
    }
}
