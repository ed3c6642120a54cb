package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Account;
import io.farebox.gate.Balances;
import io.farebox.gate.Balances.Debit;
import io.farebox.gate.Book;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.Deposit;
import io.farebox.gate.PaymentState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all {@link Balances} must do. A test extends this and opens empty ones beside an empty book. */
public abstract class BalancesContract {
    private static final String TX = "0x" + "a1".repeat(32);
    private static final String OTHER_TX = "0x" + "b2".repeat(32);
    private static final String AUTHORIZATION = "evm3009:eip155:8453:0xasset:0xpayer:0xnonce";
    private static final int CROWD = 24;

    private final Account account = account(1);
    private Balances balances;
    private Book book;

    /**
     * What is under test.
     *
     * @param book the book that the balances are kept with
     */
    public record Opened(Balances balances, Book book) {}

    /** Some that hold nothing. */
    protected abstract Opened open();

    @BeforeEach
    void begin() {
        Opened opened = open();
        balances = opened.balances();
        book = opened.book();
    }

    private static Account account(int payer) {
        return new Account(SampleClaim.BASE, "0xA55e7", "0xPayee", SampleClaim.payer(payer));
    }

    private static Deposit deposit(String transaction, long index, long amount) {
        return new Deposit(transaction, index, BigInteger.valueOf(amount));
    }

    private boolean credit(Account to, Deposit... deposits) {
        return balances.credit(to, List.of(deposits), List.of(), at(0));
    }

    private Debit debit(String key, long amount) {
        return balances.debit(key, account, BigInteger.valueOf(amount), at(1));
    }

    private long balance(Account of) {
        return balances.balance(of).longValueExact();
    }

    @Test
    void unknown_isZero() {
        assertThat(balance(account)).isZero();
        assertThat(debit("a", 1)).isEqualTo(Debit.INSUFFICIENT);
        assertThat(balances.credited(SampleClaim.BASE, TX)).isEmpty();
    }

    @Test
    void credited_isThereOnce() {
        assertThat(credit(account, deposit(TX, 3, 100), deposit(TX, 5, 20))).isTrue();
        assertThat(credit(account, deposit(TX, 3, 100))).isTrue();
        assertThat(credit(account, deposit(TX, 5, 20), deposit(TX, 7, 1))).isTrue();
        assertThat(balance(account)).isEqualTo(121);
        assertThat(balances.credited(SampleClaim.BASE, TX))
                .extracting(each -> each.deposit().logIndex())
                .containsExactly(3L, 5L, 7L);
        assertThat(balances.credited(SampleClaim.BASE, TX).getFirst())
                .isEqualTo(new Balances.Credited(account, deposit(TX, 3, 100), at(0)));
    }

    @Test
    void oneLog_isNobodyElsesToo() {
        credit(account, deposit(TX, 3, 100));
        credit(account(2), deposit(TX, 3, 100), deposit(TX, 4, 7));
        assertThat(balance(account)).isEqualTo(100);
        assertThat(balance(account(2))).isEqualTo(7);
    }

    @Test
    void accounts_areApart() {
        credit(account, deposit(TX, 1, 100));
        for (Account other : List.of(
                account(2),
                new Account(SampleClaim.BASE, "0xother", "0xpayee", account.payer()),
                new Account(SampleClaim.BASE, "0xa55e7", "0xother", account.payer()),
                new Account(SampleClaim.SOLANA, "0xa55e7", "0xpayee", account.payer()))) {
            assertThat(balance(other)).isZero();
            assertThat(balances.debit("x", other, BigInteger.ONE, at(1))).isEqualTo(Debit.INSUFFICIENT);
        }
        assertThat(balance(new Account(SampleClaim.BASE, "0xa55E7", "0xPAYEE", account.payer())))
                .isEqualTo(100);
    }

    @Test
    void debit_takesOncePerKey() {
        credit(account, deposit(TX, 1, 100));
        assertThat(debit("a", 60)).isEqualTo(Debit.MADE);
        assertThat(debit("a", 60)).isEqualTo(Debit.MADE);
        assertThat(balance(account)).isEqualTo(40);
        assertThat(debit("b", 41)).isEqualTo(Debit.INSUFFICIENT);
        assertThat(debit("b", 40)).isEqualTo(Debit.MADE);
        assertThat(balance(account)).isZero();
    }

    @Test
    void insufficient_mayBeTriedAgainAfterAnotherDeposit() {
        credit(account, deposit(TX, 1, 10));
        assertThat(debit("a", 11)).isEqualTo(Debit.INSUFFICIENT);
        credit(account, deposit(OTHER_TX, 1, 1));
        assertThat(debit("a", 11)).isEqualTo(Debit.MADE);
    }

    @Test
    void concluded_tellsWhatWasMade() {
        credit(account, deposit(TX, 1, 100));
        debit("a", 60);
        assertThat(balances.conclude("a", at(2))).isTrue();
        assertThat(balances.conclude("a", at(3))).isTrue();
    }

    @Test
    void concludedUnmade_isNeverMade() {
        credit(account, deposit(TX, 1, 100));
        assertThat(balances.conclude("a", at(2))).isFalse();
        assertThat(debit("a", 60)).isEqualTo(Debit.CLOSED);
        assertThat(balances.conclude("a", at(3))).isFalse();
        assertThat(balance(account)).isEqualTo(100);
    }

    @Test
    void largestAmounts_areKeptExactly() {
        BigInteger most = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        balances.credit(account, List.of(new Deposit(TX, 1, most)), List.of(), at(0));
        assertThat(balances.debit("a", account, BigInteger.ONE, at(1))).isEqualTo(Debit.MADE);
        assertThat(balances.balance(account)).isEqualTo(most.subtract(BigInteger.ONE));
    }

    @Test
    void crowd_overdrawsNothing() throws Exception {
        credit(account, deposit(TX, 1, 50));
        List<Debit> answers = atOnce(n -> debit("debit-" + n, 10));
        assertThat(answers).filteredOn(Debit.MADE::equals).hasSize(5);
        assertThat(balance(account)).isZero();
    }

    @Test
    void crowdOnOneTransfer_creditsItOnce() throws Exception {
        atOnce(n -> credit(account, deposit(TX, 1, 50)));
        assertThat(balance(account)).isEqualTo(50);
    }

    @Test
    void crowdOnOneKey_takesOnce() throws Exception {
        credit(account, deposit(TX, 1, 50));
        assertThat(atOnce(n -> debit("same", 10))).containsOnly(Debit.MADE);
        assertThat(balance(account)).isEqualTo(40);
    }

    @Test
    void debitAgainstConclusion_agree() throws Exception {
        credit(account, deposit(TX, 1, 10_000));
        for (int round = 0; round < 8; round++) {
            String key = "round-" + round;
            long before = balance(account);
            List<Object> answers = atOnce(n -> n % 2 == 0 ? debit(key, 10) : balances.conclude(key, at(2)));
            boolean made = balances.conclude(key, at(3));
            assertThat(answers)
                    .contains(made ? Debit.MADE : Debit.CLOSED)
                    .doesNotContain(made ? Debit.CLOSED : Debit.MADE);
            assertThat(balance(account)).isEqualTo(made ? before - 10 : before);
        }
    }

    @Test
    void spentAuthorization_isNoPaymentAnyMore() {
        assertThat(balances.credit(account, List.of(deposit(TX, 1, 50)), List.of(AUTHORIZATION), at(0)))
                .isTrue();
        assertThat(book.claim(SampleClaim.of(AUTHORIZATION).now(10).toRequest()))
                .isInstanceOf(ClaimResult.Spent.class);
        assertThat(book.find(AUTHORIZATION).orElseThrow().state()).isEqualTo(PaymentState.EXPIRED);
        assertThat(balances.credit(account, List.of(deposit(TX, 1, 50)), List.of(AUTHORIZATION), at(20)))
                .isTrue();
        assertThat(balance(account)).isEqualTo(50);
    }

    @Test
    void paymentInTheBook_isNoTransfer() {
        var claimed =
                (ClaimResult.Claimed) book.claim(SampleClaim.of(AUTHORIZATION).toRequest());
        assertThat(balances.credit(
                        account, List.of(deposit(TX, 1, 50)), List.of("evm3009:other", AUTHORIZATION), at(0)))
                .isFalse();
        assertThat(book.find("evm3009:other")).isEmpty();
        book.settling(claimed.claim(), "facilitator", at(60), at(1));
        assertThat(balances.credit(account, List.of(deposit(TX, 1, 50)), List.of(AUTHORIZATION), at(1)))
                .isFalse();
        assertThat(balance(account)).isZero();
        book.failed(claimed.claim(), "refused", at(2));
        assertThat(balances.credit(account, List.of(deposit(TX, 1, 50)), List.of(AUTHORIZATION), at(3)))
                .isTrue();
        assertThat(balance(account)).isEqualTo(50);
    }

    private ClaimResult draw(String id, long amount, long now) {
        var like = SampleClaim.of("token:" + id)
                .payer(account.payer())
                .amount(amount)
                .now(now)
                .request("request of " + id);
        return book.claim(like.toRequest());
    }

    /** Draws are on accounts of the sample's own asset and payee. */
    private Account drawn() {
        return SampleClaim.of("token:any").payer(account.payer()).toRequest().account();
    }

    @Test
    void draw_isReservedUntilItIsGivenBack() {
        credit(drawn(), deposit(TX, 1, 25));
        Claim first = claimed(draw("a", 10, 0));
        claimed(draw("b", 10, 0));
        assertThat(draw("c", 10, 0)).isInstanceOf(ClaimResult.Uncovered.class);
        assertThat(book.find("token:c")).isEmpty();
        claimed(draw("d", 5, 0));
        book.released(first, "status_5xx", at(1));
        claimed(draw("c", 10, 1));
        assertThat(balance(drawn())).isEqualTo(25);
    }

    @Test
    void drawWhoseLeaseIsOver_isNotReserved() {
        credit(drawn(), deposit(TX, 1, 10));
        claimed(draw("a", 10, 0));
        assertThat(draw("b", 10, 29)).isInstanceOf(ClaimResult.Uncovered.class);
        claimed(draw("b", 10, 31));
    }

    @Test
    void drawThatIsTaken_isNotCountedTwice() {
        credit(drawn(), deposit(TX, 1, 20));
        Claim claim = claimed(draw("a", 10, 0));
        book.settling(claim, "balance", at(60), at(1));
        claimed(draw("b", 10, 1));
        assertThat(draw("c", 1, 1)).isInstanceOf(ClaimResult.Uncovered.class);
        balances.debit("token:a", drawn(), BigInteger.TEN, at(2));
        assertThat(draw("c", 1, 2)).isInstanceOf(ClaimResult.Uncovered.class);
        credit(drawn(), deposit(OTHER_TX, 1, 1));
        claimed(draw("c", 1, 2));
    }

    @Test
    void drawThatCannotBeTakenAnyMore_isNotReserved() {
        credit(drawn(), deposit(TX, 1, 10));
        Claim claim = claimed(draw("a", 10, 0));
        book.settling(claim, "balance", at(60), at(1));
        assertThat(draw("b", 10, 2)).isInstanceOf(ClaimResult.Uncovered.class);
        balances.conclude("token:a", at(3));
        claimed(draw("b", 10, 4));
    }

    @Test
    void drawsOfOthers_reserveNothing() {
        credit(drawn(), deposit(TX, 1, 10));
        SampleClaim other =
                SampleClaim.of("token:o").payer(SampleClaim.payer(2)).amount(10);
        credit(other.toRequest().account(), deposit(OTHER_TX, 1, 10));
        claimed(book.claim(other.toRequest()));
        claimed(book.claim(
                SampleClaim.of("proof:x").payer(account.payer()).amount(10).toRequest()));
        claimed(draw("a", 10, 0));
    }

    @Test
    void crowdOfDraws_claimsNoMoreThanThereIs() throws Exception {
        credit(drawn(), deposit(TX, 1, 50));
        List<ClaimResult> answers = atOnce(n -> draw("crowd-" + n, 10, 0));
        assertThat(answers).filteredOn(ClaimResult.Claimed.class::isInstance).hasSize(5);
        assertThat(answers).filteredOn(ClaimResult.Uncovered.class::isInstance).hasSize(CROWD - 5);
    }

    private static Claim claimed(ClaimResult result) {
        assertThat(result).isInstanceOf(ClaimResult.Claimed.class);
        return ((ClaimResult.Claimed) result).claim();
    }

    private interface Act<T> {
        T take(int n);
    }

    private static <T> List<T> atOnce(Act<T> act) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                int n = i;
                calls.add(() -> act.take(n));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(calls)) answers.add(each.get());
            return answers;
        }
    }
}
