package io.farebox.pricing;

/**
 * Claims on Redis.
 *
 * @param url of a single Redis, of Sentinels, or of some nodes of a cluster
 * @param prefix begins the name of every key
 */
public record ClaimsConfig(Secret url, String prefix) {
    /** What keys begin with unless configured. */
    public static final String DEFAULT_PREFIX = "farebox";
}
