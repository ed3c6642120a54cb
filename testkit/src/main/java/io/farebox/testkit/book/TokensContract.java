package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Account;
import io.farebox.gate.Token;
import io.farebox.gate.Tokens;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all {@link Tokens} must do. A test extends this and opens some that hold none. */
public abstract class TokensContract {
    private static final String DIGEST = "7a".repeat(32);
    private static final String OTHER = "7b".repeat(32);

    private Tokens tokens;

    /** Some that hold none. */
    protected abstract Tokens open();

    @BeforeEach
    final void begin() {
        tokens = open();
    }

    /** Of a payer, with everything that a token has. */
    protected static Token token(int payer, String... routes) {
        var account = new Account(SampleClaim.BASE, "bundle:ten", "0xpayee", SampleClaim.payer(payer));
        return new Token(account, List.of(routes), "0x" + "a1".repeat(32), at(0), at(3_600), null);
    }

    @Test
    void unknown_isNotFound() {
        assertThat(tokens.find(DIGEST)).isEmpty();
        assertThat(tokens.revoke(DIGEST, at(1))).isFalse();
    }

    @Test
    void issued_isFoundAsItIs() {
        tokens.issue(DIGEST, token(1, "weather", "other.route-1_a"));
        tokens.issue(OTHER, token(2));
        assertThat(tokens.find(DIGEST)).contains(token(1, "weather", "other.route-1_a"));
        assertThat(tokens.find(OTHER)).contains(token(2));
    }

    @Test
    void issuedAgain_staysAsItWas() {
        tokens.issue(DIGEST, token(1, "weather"));
        tokens.issue(DIGEST, token(1, "weather"));
        tokens.issue(DIGEST, token(2));
        assertThat(tokens.find(DIGEST)).contains(token(1, "weather"));
    }

    @Test
    void revoked_isOverSinceThen() {
        tokens.issue(DIGEST, token(1));
        tokens.issue(OTHER, token(1));
        assertThat(tokens.revoke(DIGEST, at(5))).isTrue();
        assertThat(tokens.revoke(DIGEST, at(9))).isTrue();
        assertThat(tokens.find(DIGEST).orElseThrow().revokedAt()).isEqualTo(at(5));
        assertThat(tokens.find(OTHER).orElseThrow().revokedAt()).isNull();
    }
}
