package io.farebox.settlement.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One facilitator of the configuration.
 *
 * @param id names it in the configuration, in the book and in events
 * @param url base URL; slashes at its end are removed. Plain http only on loopback
 * @param auth how we show who we are
 * @param enabled false: takes no new payments, but is still asked about those it was given before
 * @param connectTimeout until a connection stands, TLS included
 * @param verifyTimeout for the whole exchange, from asking for a connection to the last byte of the answer
 * @param settleTimeout likewise
 * @param maxConcurrent how many calls may be under way; a further one fails at once
 */
public record FacilitatorSettings(
        String id,
        URI url,
        FacilitatorAuth auth,
        boolean enabled,
        Duration connectTimeout,
        Duration verifyTimeout,
        Duration settleTimeout,
        int maxConcurrent) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException if the URL is none that may be called; the message says why and never quotes it */
    public FacilitatorSettings {
        url = checked(id, url);
        if (maxConcurrent < 1) throw new IllegalArgumentException("facilitator " + id + ": max-concurrent is below 1");
    }

    /** Enabled, without credentials; 2 s to connect, 5 s to verify, 30 s to settle, 2000 calls at a time. */
    public static FacilitatorSettings of(String id, URI url) {
        return new FacilitatorSettings(
                id,
                url,
                FacilitatorAuth.none(),
                true,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                2000);
    }

    public FacilitatorSettings withAuth(FacilitatorAuth other) {
        return new FacilitatorSettings(
                id, url, other, enabled, connectTimeout, verifyTimeout, settleTimeout, maxConcurrent);
    }

    public FacilitatorSettings withEnabled(boolean other) {
        return new FacilitatorSettings(
                id, url, auth, other, connectTimeout, verifyTimeout, settleTimeout, maxConcurrent);
    }

    public FacilitatorSettings withTimeouts(Duration connect, Duration verify, Duration settle) {
        return new FacilitatorSettings(id, url, auth, enabled, connect, verify, settle, maxConcurrent);
    }

    public FacilitatorSettings withMaxConcurrent(int other) {
        return new FacilitatorSettings(id, url, auth, enabled, connectTimeout, verifyTimeout, settleTimeout, other);
    }

    /** Where a call goes. @param call such as {@code verify} */
    URI endpoint(String call) {
        return URI.create(url + "/" + call);
    }

    private static URI checked(String id, URI url) {
        String problem = problem(url);
        if (problem != null) throw new IllegalArgumentException("facilitator " + id + ": its url " + problem);
        String text = url.toString();
        int end = text.length();
        while (text.charAt(end - 1) == '/') end--;
        return URI.create(text.substring(0, end));
    }

    private static @Nullable String problem(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (host == null) return "names no host; write it as https://host/path";
        if (url.getRawUserInfo() != null) return "holds credentials; move them to auth";
        if (url.getRawQuery() != null || url.getRawFragment() != null) return "has a query or fragment; remove it";
        if (scheme.equals("https")) return null;
        if (!scheme.equals("http")) return "is neither https nor http; use https";
        return LOOPBACK.contains(host.toLowerCase(Locale.ROOT)) ? null : "is plain http to another machine; use https";
    }
}
