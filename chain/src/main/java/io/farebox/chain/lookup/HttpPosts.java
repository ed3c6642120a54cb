package io.farebox.chain.lookup;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Posts JSON to nodes: each exchange over by its limit, no reply beyond the cap, no redirect, no proxy. Thread-safe. */
final class HttpPosts implements AutoCloseable {
    static final String INTERRUPTED = "interrupted";
    private static final Duration CONNECT = Duration.ofSeconds(2);

    // Look-ups are rare: the platform's client, which costs no dependency, is fast enough here.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxySelector.of(null))
            .connectTimeout(CONNECT)
            .build();

    /** The body of a 200. */
    byte[] post(URI url, byte[] json, Duration limit) throws RpcFailure {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(limit)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "farebox")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build();
        HttpResponse<byte[]> response =
                await(client.sendAsync(request, info -> new CappedBody(LookupLimits.MAX_REPLY)), limit);
        if (response.statusCode() != 200) throw new RpcFailure("status_" + response.statusCode());
        return response.body();
    }

    /** The client's own timeout ends with the headers; this one holds for the body too. */
    private static HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> reply, Duration limit)
            throws RpcFailure {
        try {
            return reply.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new RpcFailure("timeout");
        } catch (ExecutionException e) {
            throw new RpcFailure(reason(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcFailure(INTERRUPTED);
        } finally {
            reply.cancel(true);
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case CappedBody.TooLong tooLong -> "answer_too_long";
            case HttpTimeoutException late -> "timeout";
            case SSLException tls -> "tls_failed";
            case null, default -> "not_reached";
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
