package io.farebox.testkit.book;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Token;
import io.farebox.gate.Tokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tokens that are forgotten with the process, and not before. It can be told to fail. Thread-safe. */
public final class InMemoryTokens implements Tokens {
    private final Map<String, Token> tokens = new HashMap<>();
    private int failures;
    private int asked;

    /** The next {@code n} calls change nothing and throw. */
    public synchronized void failNext(int n) {
        failures = n;
    }

    /** How many tokens there are. Never fails. */
    public synchronized int size() {
        return tokens.size();
    }

    /** How often anything was asked. Never fails. */
    public synchronized int asked() {
        return asked;
    }

    private void answer() {
        asked++;
        if (failures == 0) return;
        failures--;
        throw new BookUnavailableException("told to fail", null);
    }

    @Override
    public synchronized void issue(String digest, Token token) {
        answer();
        tokens.putIfAbsent(digest, token);
    }

    @Override
    public synchronized Optional<Token> find(String digest) {
        answer();
        return Optional.ofNullable(tokens.get(digest));
    }

    @Override
    public synchronized boolean revoke(String digest, Instant now) {
        answer();
        return tokens.computeIfPresent(digest, (key, token) -> ended(token, now)) != null;
    }

    private static Token ended(Token token, Instant now) {
        return token.revokedAt() != null
                ? token
                : new Token(token.account(), token.routes(), token.origin(), token.issuedAt(), token.expiresAt(), now);
    }
}
