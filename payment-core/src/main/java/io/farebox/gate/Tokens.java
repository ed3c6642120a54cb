package io.farebox.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Port: prepaid credentials, kept with the book and as durably. They are known by the SHA-256 of their text in hexadecimal, never by
 * the text. Every method is atomic and durable when it returns, may block and is safe for concurrent use; all throw
 * {@link BookUnavailableException} when it is not certain what was written, and may then be called again in the same way.
 */
public interface Tokens {
    /** For so long after its end a token is still known, so that its holder can be told that it has ended. */
    Duration KEPT = Duration.ofDays(30);

    /** Writes a token down. Again with the same digest it changes nothing. */
    void issue(String digest, Token token);

    /** The token of this digest, also one that has expired or was revoked. */
    Optional<Token> find(String digest);

    /**
     * Ends a token for good.
     *
     * @return false if there is none; true also if it had ended before
     */
    boolean revoke(String digest, Instant now);
}
