package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Account;
import io.farebox.gate.BalanceDesk;
import io.farebox.gate.BalanceDesk.PaidBack;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.Deposit;
import io.farebox.gate.Token;
import io.farebox.testkit.book.SampleClaim;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalanceDeskTest {
    private final Account account =
            SampleClaim.of("token:any").payer(SampleClaim.payer(1)).toRequest().account();

    @TempDir
    Path directory;

    private JdbcBook book;
    private BalanceDesk desk;

    @BeforeEach
    void open() {
        book = JdbcBook.open("jdbc:h2:file:" + directory.resolve("book"));
        desk = book.balanceDesk();
    }

    @AfterEach
    void close() {
        book.close();
    }

    private void credit(Account to, long amount) {
        var deposit = new Deposit("0x" + to.payer().hashCode(), 1, BigInteger.valueOf(amount));
        book.balances().credit(to, List.of(deposit), List.of(), SampleClaim.at(0));
    }

    private PaidBack payBack(long amount, String transaction) {
        return desk.payBack(new BalanceDesk.PayBack(
                account, BigInteger.valueOf(amount), transaction, "kim", "asked for it", SampleClaim.at(5)));
    }

    @Test
    void list_goesOnBehindAnAccount() {
        for (int i = 1; i <= 3; i++)
            credit(
                    SampleClaim.of("token:" + i)
                            .payer(SampleClaim.payer(i))
                            .toRequest()
                            .account(),
                    i);
        List<BalanceDesk.Left> first = desk.list(null, 2);
        assertThat(first).hasSize(2);
        List<BalanceDesk.Left> rest = desk.list(first.getLast().account(), 2);
        assertThat(rest).hasSize(1);
        assertThat(desk.list(rest.getLast().account(), 2)).isEmpty();
        assertThat(desk.of(account.payer()))
                .containsExactly(new BalanceDesk.Left(account, BigInteger.ONE, SampleClaim.at(0)));
    }

    @Test
    void paidBack_isTakenOnceForItsTransaction() {
        credit(account, 100);
        assertThat(payBack(60, "0xback")).isEqualTo(PaidBack.DONE);
        assertThat(payBack(60, "0xback")).isEqualTo(PaidBack.ALREADY);
        assertThat(payBack(41, "0xmore")).isEqualTo(PaidBack.INSUFFICIENT);
        assertThat(payBack(40, "0xmore")).isEqualTo(PaidBack.DONE);
        assertThat(desk.of(account.payer())).isEmpty();
    }

    @Test
    void whatATokenHasClaimed_isNotPaidBack() {
        credit(account, 100);
        ClaimResult claimed = book.claim(
                SampleClaim.of("token:a").payer(account.payer()).amount(30).toRequest());
        assertThat(claimed).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(payBack(71, "0xback")).isEqualTo(PaidBack.INSUFFICIENT);
        assertThat(payBack(70, "0xback")).isEqualTo(PaidBack.DONE);
    }

    @Test
    void tokensOfAPayer_areSeenAndEnded() {
        Token token = new Token(account, List.of(), "0xa1", SampleClaim.at(0), SampleClaim.at(3_600), null);
        book.tokens().issue("7a".repeat(32), token);
        book.tokens().issue("7b".repeat(32), token);
        book.tokens().revoke("7b".repeat(32), SampleClaim.at(1));
        assertThat(desk.tokens(account.payer()))
                .extracting(BalanceDesk.Issued::id)
                .containsExactlyInAnyOrder("7a7a7a7a7a7a", "7b7b7b7b7b7b");
        assertThat(desk.endTokens(account.payer(), SampleClaim.at(5))).isOne();
        assertThat(desk.endTokens(account.payer(), SampleClaim.at(6))).isZero();
        assertThat(desk.tokens(account.payer())).allMatch(each -> each.token().revokedAt() != null);
        assertThat(desk.tokens("nobody")).isEmpty();
    }
}
