package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Account;
import io.farebox.gate.Deposit;
import io.farebox.gate.Erasure;
import io.farebox.gate.ErasureResult;
import io.farebox.testkit.book.BalancesContract;
import io.farebox.testkit.book.SampleClaim;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdbcBalancesTest extends BalancesContract {
    private final List<JdbcBook> open = new ArrayList<>();

    @TempDir
    Path directory;

    @Override
    protected Opened open() {
        JdbcBook book = JdbcBook.open("jdbc:h2:file:" + directory.resolve("book-" + open.size()));
        open.add(book);
        return new Opened(book.balances(), book);
    }

    @Test
    void erased_isForgottenOnceNothingIsLeft() {
        JdbcBook book = (JdbcBook) open().book();
        Account account = new Account(SampleClaim.BASE, "0xa55e7", "0xpayee", SampleClaim.payer(1));
        Deposit deposit = new Deposit("0x" + "a1".repeat(32), 1, BigInteger.TEN);
        book.balances().credit(account, List.of(deposit), List.of(), SampleClaim.at(0));
        assertThat(book.desk().erase(erasure(account))).isInstanceOf(ErasureResult.StillOpen.class);
        book.balances().debit("a", account, BigInteger.TEN, SampleClaim.at(1));

        assertThat(book.desk().erase(erasure(account))).isInstanceOf(ErasureResult.Erased.class);
        assertThat(book.balances().credited(SampleClaim.BASE, deposit.transaction()))
                .extracting(each -> each.account().payer())
                .containsExactly("somebody");
        book.balances().credit(account, List.of(deposit), List.of(), SampleClaim.at(2));
        assertThat(book.balances().balance(account)).isZero();
    }

    private static Erasure erasure(Account account) {
        return new Erasure(
                account.payer(), text -> "somebody", SampleClaim.at(0), SampleClaim.at(2), "test", "asked to", 10);
    }

    @AfterEach
    void close() {
        open.forEach(JdbcBook::close);
    }
}
