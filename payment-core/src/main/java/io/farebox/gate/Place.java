package io.farebox.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request was sent, as far as a challenge says or signs it.
 *
 * @param url of the resource
 * @param base what stands before the route's own path in the path of that URL
 * @param path as the client sent it
 * @param cors headers for answers of ours
 */
record Place(
        String url,
        String base,
        String method,
        String path,
        @Nullable String query,
        List<Header> cors) {
    static Place of(Decision.Attempt attempt) {
        return new Place(
                attempt.resourceUrl(),
                attempt.basePath(),
                attempt.method(),
                attempt.path(),
                attempt.query(),
                attempt.cors());
    }

    /** Names the request. */
    String digest() {
        return Digests.request(method, path, query);
    }
}
