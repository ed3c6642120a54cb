package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Account;
import io.farebox.gate.Deposit;
import io.farebox.gate.Erasure;
import io.farebox.gate.ErasureResult;
import io.farebox.gate.Retention;
import io.farebox.gate.Tokens;
import io.farebox.testkit.book.SampleClaim;
import io.farebox.testkit.book.TokensContract;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdbcTokensTest extends TokensContract {
    private static final String DIGEST = "7a".repeat(32);

    private final List<JdbcBook> open = new ArrayList<>();

    @TempDir
    Path directory;

    @Override
    protected Tokens open() {
        return book().tokens();
    }

    private JdbcBook book() {
        JdbcBook book = JdbcBook.open("jdbc:h2:file:" + directory.resolve("book-" + open.size()));
        open.add(book);
        return book;
    }

    @Test
    void reopened_isKept() {
        JdbcBook book = book();
        book.tokens().issue(DIGEST, token(1, "weather"));
        book.close();
        try (JdbcBook again = JdbcBook.open("jdbc:h2:file:" + directory.resolve("book-1"))) {
            assertThat(again.tokens().find(DIGEST)).contains(token(1, "weather"));
        }
    }

    @Test
    void longExpired_isForgotten() {
        JdbcBook book = book();
        book.tokens().issue(DIGEST, token(1));
        book.lapseOwed(SampleClaim.at(3_600).plus(Tokens.KEPT));
        assertThat(book.tokens().find(DIGEST)).isPresent();
        book.lapseOwed(SampleClaim.at(3_601).plus(Tokens.KEPT));
        assertThat(book.tokens().find(DIGEST)).isEmpty();
    }

    @Test
    void erasedPayer_hasNoTokens() {
        JdbcBook book = book();
        book.tokens().issue(DIGEST, token(1));
        book.tokens().issue("7b".repeat(32), token(2));
        var erasure = new Erasure(
                SampleClaim.payer(1), text -> "somebody", SampleClaim.at(0), SampleClaim.at(2), "test", "asked to", 10);
        assertThat(book.desk().erase(erasure)).isInstanceOf(ErasureResult.Erased.class);
        assertThat(book.tokens().find(DIGEST)).isEmpty();
        assertThat(book.tokens().find("7b".repeat(32))).isPresent();
    }

    @Test
    void oldDebits_areForgottenWithTheirPayments() {
        JdbcBook book = book();
        var account = new Account(SampleClaim.BASE, "0xa55e7", "0xpayee", SampleClaim.payer(1));
        book.balances().credit(account, List.of(new Deposit("0xa1", 1, BigInteger.TEN)), List.of(), SampleClaim.at(0));
        book.balances().debit("a", account, BigInteger.ONE, SampleClaim.at(1));
        book.balances().debit("b", account, BigInteger.ONE, SampleClaim.at(9));
        book.desk().forget(new Retention(SampleClaim.at(5), SampleClaim.at(5), SampleClaim.at(5)), 100);
        assertThat(book.balances().conclude("b", SampleClaim.at(10))).isTrue();
        assertThat(book.balances().conclude("a", SampleClaim.at(10))).isFalse();
        assertThat(book.balances().balance(account)).isEqualTo(8);
    }

    @AfterEach
    void close() {
        open.forEach(JdbcBook::close);
    }
}
