package io.farebox.settlement.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.farebox.gate.Account;
import io.farebox.gate.Balances;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.Deposit;
import io.farebox.gate.Facilitator;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.Facilitators;
import io.farebox.gate.GateListener;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.Pause;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.settlement.reconcile.Reconciler;
import io.farebox.settlement.reconcile.ReconcilerSettings;
import io.farebox.testkit.book.InMemoryBalances;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.StoredPayment;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A payment from a balance whose process ends at each of its steps: it is made, and owed, or it is never made. */
class BalancePaymentTest {
    static final String PAYER = "0x" + "ab".repeat(20);
    static final String TX = "0x" + "7a".repeat(32);
    private static final BigInteger PRICE = BigInteger.valueOf(100);
    static final PaymentRequirements TERMS = new PaymentRequirements(
            "transfer",
            new Network("eip155:8453"),
            PRICE,
            "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
            "0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
            116,
            Map.of());

    private final InMemoryBook book = new InMemoryBook();
    private final InMemoryBalances balances = new InMemoryBalances(book);
    private final Account account = Account.of(TERMS, PAYER);
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final TransferRails rails = new TransferRails(balances, () -> now);
    private final Facilitators facilitators = rails.with(new None());
    private final OutcomeLookup lookup = rails.with(OutcomeLookup.none());
    private final Reconciler reconciler = new Reconciler(
            ReconcilerSettings.defaults("reconciler"),
            book,
            facilitators,
            lookup,
            GateListener.none(),
            () -> now,
            Pause.sleeping());

    private record None() implements Facilitators {
        @Override
        public List<Facilitator> candidates(
                PaymentPayload payment, PaymentRequirements requirements, List<String> order) {
            throw new AssertionError("others are not asked for payments from a balance");
        }

        @Override
        public Optional<Facilitator> byId(String id) {
            return Optional.empty();
        }
    }

    @BeforeEach
    void deposit() {
        balances.credit(account, List.of(new Deposit(TX, 1, PRICE)), List.of(), now);
    }

    @AfterEach
    void close() {
        reconciler.close();
    }

    /** What is paid with: the proof of a transfer, unless a subclass says otherwise. */
    SchemePayload payload(String name) {
        var proof = new SchemePayload.TransferProof("eip712", name, "0x" + "11".repeat(65), null);
        return new SchemePayload.Transfer(TX, proof, PAYER);
    }

    String scheme() {
        return SchemePayload.Transfer.SCHEME;
    }

    private FacilitatorRequest request(String name) {
        var terms = new PaymentRequirements(
                scheme(),
                TERMS.network(),
                TERMS.amount(),
                TERMS.asset(),
                TERMS.payTo(),
                TERMS.maxTimeoutSeconds(),
                Map.of());
        var payment = new PaymentPayload(2, scheme(), terms.network(), null, payload(name), null, Map.of());
        return new FacilitatorRequest(payment, terms, new ResourceInfo("https://api.example.com/a", "", ""));
    }

    private String key(String challenge) {
        FacilitatorRequest request = request(challenge);
        return PaymentIdentity.of(request.payment(), request.requirements()).orElseThrow();
    }

    private ClaimResult claim(String challenge) {
        return book.claim(new ClaimRequest(
                key(challenge),
                PAYER,
                TERMS.network(),
                TERMS.asset(),
                PRICE,
                TERMS.payTo(),
                "weather",
                "v1",
                "get-weather",
                "",
                null,
                now.plusSeconds(116),
                StoredPayment.write(request(challenge)),
                "owner of " + challenge,
                now.plusSeconds(45),
                now,
                now.minusSeconds(60),
                now.minusSeconds(5),
                8,
                false));
    }

    private Claim claimed(String challenge) {
        return ((ClaimResult.Claimed) claim(challenge)).claim();
    }

    private Facilitator balance() {
        return facilitators.candidates(request("c").payment(), TERMS, List.of()).getFirst();
    }

    private Claim settling(String challenge) {
        Claim claim = claimed(challenge);
        assertThat(book.settling(claim, balance().id(), now.plusSeconds(60), now))
                .isTrue();
        return claim;
    }

    /** The process is gone, and its leases with it. */
    private PaymentRecord reconciled(String challenge) {
        now = now.plusSeconds(120);
        assertThat(reconciler.pass()).isOne();
        return book.find(key(challenge)).orElseThrow();
    }

    @Test
    void diedBeforeSettling_isGivenBack() {
        claimed("c");
        assertThat(reconciled("c").state()).isEqualTo(PaymentState.RELEASED);
        assertThat(balances.balance(account)).isEqualTo(PRICE);
    }

    @Test
    void diedBeforeTheDebit_isNeverMade() {
        settling("c");
        assertThat(reconciled("c").state()).isEqualTo(PaymentState.EXPIRED);
        assertThat(balance().settle(request("c")).success()).isFalse();
        assertThat(balances.balance(account)).isEqualTo(PRICE);
        assertThat(claim("c")).isInstanceOf(ClaimResult.Spent.class);
        assertThat(claim("d")).isInstanceOf(ClaimResult.Claimed.class);
    }

    @Test
    void diedAfterTheDebit_isOwed() {
        settling("c");
        assertThat(balance().settle(request("c")).success()).isTrue();
        PaymentRecord row = reconciled("c");
        assertThat(row.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(row.delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(row.receipt()).isNotNull();
        assertThat(row.receipt().transaction()).isEqualTo(TX);
        assertThat(balances.balance(account)).isZero();
        assertThat(claim("d")).isInstanceOf(ClaimResult.Owed.class);
    }

    @Test
    void diedWhileDelivering_isOwed() {
        Claim claim = settling("c");
        var receipt = balance().settle(request("c"));
        book.settledOnChain(claim, receipt, DeliveryState.RUNNING, now.plusSeconds(86_400), now);
        assertThat(reconciled("c").delivery()).isEqualTo(DeliveryState.OWED);
        assertThat(claim("d")).isInstanceOf(ClaimResult.Owed.class);
        assertThat(balances.balance(account)).isZero();
    }

    @Test
    void settledAgain_isTakenOnce() {
        assertThat(balance().settle(request("c"))).isEqualTo(balance().settle(request("c")));
        assertThat(balances.balance(account)).isZero();
        assertThat(balance().verify(request("d")).invalidReason()).isEqualTo("insufficient_funds");
        assertThat(balance().settle(request("d")).errorReason()).isEqualTo("insufficient_funds");
    }

    @Test
    void bookAway_isNoAnswer() {
        var away = new TransferRails(new AwayBalances(), () -> now);
        Facilitator facilitator = away.with(new None())
                .candidates(request("c").payment(), TERMS, List.of())
                .getFirst();
        assertThat(catchThrowableOfType(FacilitatorUnavailableException.class, () -> facilitator.settle(request("c")))
                        .reach())
                .isEqualTo(FacilitatorUnavailableException.Reach.MAYBE_REACHED);
        assertThat(catchThrowableOfType(FacilitatorUnavailableException.class, () -> facilitator.verify(request("c")))
                        .reach())
                .isEqualTo(FacilitatorUnavailableException.Reach.NOT_REACHED);
        assertThat(away.with(OutcomeLookup.none()).lookUp(request("c")))
                .isEqualTo(new OutcomeLookup.Outcome.NotKnown());
    }

    /** A book that never answers. */
    private static final class AwayBalances implements Balances {
        private static BookUnavailableException away() {
            return new BookUnavailableException("away", null);
        }

        @Override
        public boolean credit(Account to, List<Deposit> deposits, List<String> authorizations, Instant at) {
            throw away();
        }

        @Override
        public List<Credited> credited(Network network, String transaction) {
            throw away();
        }

        @Override
        public BigInteger balance(Account of) {
            throw away();
        }

        @Override
        public Debit debit(String key, Account from, BigInteger amount, Instant at) {
            throw away();
        }

        @Override
        public boolean conclude(String key, Instant at) {
            throw away();
        }
    }
}
