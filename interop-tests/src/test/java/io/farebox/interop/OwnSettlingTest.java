package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.chain.Eip3009Signer;
import io.farebox.chain.TransferCalls;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.farebox.outbox.Dispatch;
import io.farebox.outbox.Order;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong between a signed authorization and its transfer, over a real chain. */
@ExtendWith(SharedPostgres.class)
class OwnSettlingTest {
    private static final String COINS = "0x21e19e0c9bab2400000";

    private static Chain chain;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        chain = Chain.start(84532);
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @AfterEach
    void calm() {
        chain.call("anvil_setAutomine", List.of(true));
        chain.call("anvil_setBalance", List.of(chain.own().address(), COINS));
        chain.call("evm_mine", List.of());
    }

    private OwnRig rig(OwnRig.Wishes wishes) {
        return new OwnRig(chain, "jdbc:h2:file:" + folder.resolve("book"), folder, wishes).started();
    }

    private static BigInteger paid(Eip3009Signer payer) {
        return OwnRig.PURSE.subtract(chain.balance(payer.address()));
    }

    private static void freeze() {
        chain.call("anvil_setAutomine", List.of(false));
    }

    private static Future<SettleResponse> settling(ExecutorService threads, OwnRig rig, FacilitatorRequest payment) {
        return threads.submit(() -> rig.facilitator().settle(payment));
    }

    private static long sent() {
        String count = chain.call("eth_getTransactionCount", List.of(chain.own().address(), "latest"))
                .string("result");
        return Long.parseLong(count.substring(2), 16);
    }

    private static Order.State state(OwnRig rig, FacilitatorRequest payment) {
        String key =
                PaymentIdentity.of(payment.payment(), payment.requirements()).orElseThrow();
        return rig.outbox().find(key).orElseThrow().state();
    }

    @Test
    void settled_again_isTheSameAnswerAndOneTransaction() {
        try (OwnRig rig = rig(OwnRig.Wishes.usual())) {
            Eip3009Signer payer = rig.payer();
            FacilitatorRequest payment = rig.payment(payer);
            assertThat(rig.facilitator().verify(payment).isValid()).isTrue();
            long before = sent();

            SettleResponse first = rig.facilitator().settle(payment);
            SettleResponse second = rig.facilitator().settle(payment);

            assertThat(first.success()).as("%s", first).isTrue();
            assertThat(second).isEqualTo(first);
            assertThat(sent()).isEqualTo(before + 1);
            assertThat(paid(payer)).isEqualTo(OwnRig.PRICE);
            assertThat(rig.facilitator().verify(payment).invalidReason())
                    .isEqualTo("invalid_exact_evm_nonce_already_used");
            OwnRig.await("nothing is left to do", () -> !rig.outbox().hasWork(rig.sender()));
        }
    }

    @Test
    void nonceSignedForTwoThings_theSecondIsNotSaidToBeSettled() {
        try (OwnRig rig = rig(OwnRig.Wishes.usual())) {
            Eip3009Signer payer = rig.payer();
            byte[] nonce = new byte[32];
            Instant until = Instant.now().plusSeconds(600);
            FacilitatorRequest one = rig.request(payer.sign(rig.terms, Instant.EPOCH, until, nonce));
            FacilitatorRequest other = rig.request(payer.sign(rig.terms, Instant.EPOCH, until.plusSeconds(1), nonce));

            assertThat(rig.facilitator().settle(one).success()).isTrue();
            SettleResponse second = rig.facilitator().settle(other);

            assertThat(second.success()).isFalse();
            assertThat(second.errorReason()).isEqualTo("invalid_exact_evm_nonce_already_used");
            assertThat(paid(payer)).isEqualTo(OwnRig.PRICE);
        }
    }

    @Test
    void tooPoor_isRefusedAndNothingIsSent() {
        try (OwnRig rig = rig(OwnRig.Wishes.usual())) {
            FacilitatorRequest payment = rig.payment(Eip3009Signer.random());
            long before = sent();

            assertThat(rig.facilitator().verify(payment).invalidReason()).isEqualTo("insufficient_funds");
            SettleResponse no = rig.facilitator().settle(payment);

            assertThat(no.success()).isFalse();
            assertThat(no.errorReason()).isEqualTo("insufficient_funds");
            assertThat(no.transaction()).isEmpty();
            assertThat(sent()).isEqualTo(before);
            // Nor does it wait in the line of those that are sent.
            assertThatThrownBy(() -> state(rig, payment)).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void outOfGas_isSaidAndNobodyIsCharged_andPaymentsGoOnOnceItHasCoins() {
        try (OwnRig rig = rig(OwnRig.Wishes.usual())) {
            Eip3009Signer payer = rig.payer();
            FacilitatorRequest payment = rig.payment(payer);
            chain.call("anvil_setBalance", List.of(chain.own().address(), "0x1"));

            assertThatThrownBy(() -> rig.facilitator().settle(payment))
                    .isInstanceOfSatisfying(FacilitatorUnavailableException.class, e -> {
                        assertThat(e.reach()).isEqualTo(Reach.NOT_REACHED);
                        assertThat(e.reason()).isEqualTo("sender_out_of_gas");
                    });

            assertThat(rig.facilitator().isWorking()).isFalse();
            assertThat(state(rig, payment)).isEqualTo(Order.State.WITHDRAWN);
            assertThat(rig.outbox().troubleOf(rig.sender())).contains("sender_out_of_gas");
            assertThat(paid(payer)).isZero();
            chain.call("anvil_setBalance", List.of(chain.own().address(), COINS));
            OwnRig.await("it works again", () -> rig.facilitator().isWorking());
            assertThat(rig.facilitator().settle(payment).success()).isTrue();
            assertThat(paid(payer)).isEqualTo(OwnRig.PRICE);
        }
    }

    @Test
    void budgetSpent_nothingIsSent() {
        try (OwnRig rig = rig(OwnRig.Wishes.usual().budget(BigInteger.ONE))) {
            FacilitatorRequest payment = rig.payment(rig.payer());
            long before = sent();
            assertThatThrownBy(() -> rig.facilitator().settle(payment)).hasMessageContaining("gas_budget_spent");
            assertThat(sent()).isEqualTo(before);
        }
    }

    @Test
    void gasDearerThanAllowed_nothingIsSent() {
        try (OwnRig rig = rig(OwnRig.Wishes.usual().mostFee(BigInteger.ONE))) {
            FacilitatorRequest payment = rig.payment(rig.payer());
            long before = sent();
            assertThatThrownBy(() -> rig.facilitator().settle(payment)).hasMessageContaining("gas_price_above_limit");
            assertThat(sent()).isEqualTo(before);
        }
    }

    @Test
    void notMinedInTime_isPendingWithItsHash_andSettledOnceItIs() {
        try (OwnRig rig = rig(OwnRig.Wishes.usual().timeout(Duration.ofSeconds(2)))) {
            Eip3009Signer payer = rig.payer();
            FacilitatorRequest payment = rig.payment(payer);
            freeze();

            SettleResponse pending = rig.facilitator().settle(payment);

            assertThat(pending.isPending()).as("%s", pending).isTrue();
            assertThat(pending.transaction()).matches("0x[0-9a-f]{64}");
            chain.call("evm_mine", List.of());
            SettleResponse settled = rig.facilitator().settle(payment);
            assertThat(settled.success()).isTrue();
            assertThat(settled.transaction()).isEqualTo(pending.transaction());
            assertThat(paid(payer)).isEqualTo(OwnRig.PRICE);
        }
    }

    @Test
    void stuck_isReplacedByOneThatPaysMore_andOneOfThemIsMined() throws Exception {
        OwnRig.Wishes wishes =
                OwnRig.Wishes.usual().stuck(Duration.ofMillis(700)).timeout(Duration.ofSeconds(40));
        try (OwnRig rig = rig(wishes);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Eip3009Signer payer = rig.payer();
            FacilitatorRequest payment = rig.payment(payer);
            freeze();
            Future<SettleResponse> settling = settling(threads, rig, payment);
            OwnRig.await(
                    "it was replaced twice",
                    () -> rig.outbox().open(rig.sender()).size() >= 3);
            List<Dispatch> attempts = rig.outbox().open(rig.sender());
            assertThat(attempts)
                    .extracting(Dispatch::nonce)
                    .containsOnly(attempts.getFirst().nonce());
            assertThat(attempts.get(1).maxFee()).isGreaterThan(attempts.get(0).maxFee());
            assertThat(attempts.get(2).tip()).isGreaterThan(attempts.get(1).tip());

            chain.call("anvil_setAutomine", List.of(true));
            chain.call("evm_mine", List.of());

            SettleResponse settled = settling.get();
            assertThat(settled.success()).as("%s", settled).isTrue();
            assertThat(paid(payer)).isEqualTo(OwnRig.PRICE);
        }
    }

    /** The payer spends the money in the same block, before ours: it reverts, and the authorization stays good. */
    @Test
    void reverted_isNeverSaidToBeSettled_norToBeImpossible() throws Exception {
        try (OwnRig rig = rig(OwnRig.Wishes.usual());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Chain.Account payer = chain.payer(2);
            Eip3009Signer signer = Eip3009Signer.of(payer.privateKey());
            FacilitatorRequest payment = rig.payment(signer);
            BigInteger had = chain.balance(payer.address());
            freeze();
            Future<SettleResponse> settling = settling(threads, rig, payment);
            OwnRig.await("it is sent", () -> isSent(rig, payment));
            String all = "0xa9059cbb" + "0".repeat(24)
                    + chain.payer(3).address().substring(2).toLowerCase(java.util.Locale.ROOT) + "%064x".formatted(had);
            first(payer.address(), chain.asset(), all);
            chain.call("evm_mine", List.of());

            SettleResponse no = settling.get();

            assertThat(no.success()).isFalse();
            assertThat(no.errorReason()).isEqualTo("invalid_exact_evm_transaction_failed");
            assertThat(state(rig, payment)).isEqualTo(Order.State.REVERTED);
            assertThat(io.farebox.gate.SettleVerdict.mayHaveHappened(no))
                    .as("it is public now, and anybody may send it as long as it is valid")
                    .isTrue();
            assertThat(rig.facilitator().settle(payment))
                    .as("nothing is sent again")
                    .isEqualTo(no);
        }
    }

    /** Anybody may send an authorization that they have seen. */
    @Test
    void sentBySomebodyElseFirst_isSettledByTheirTransaction() throws Exception {
        try (OwnRig rig = rig(OwnRig.Wishes.usual());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Eip3009Signer payer = rig.payer();
            FacilitatorRequest payment = rig.payment(payer);
            freeze();
            Future<SettleResponse> settling = settling(threads, rig, payment);
            OwnRig.await("it is sent", () -> isSent(rig, payment));
            String data = TransferCalls.transfer(chain.asset(), (SchemePayload.Eip3009)
                            payment.payment().payload())
                    .data();
            String theirs = first(chain.payer(4).address(), chain.asset(), data);
            chain.call("evm_mine", List.of());

            SettleResponse settled = settling.get();

            assertThat(settled.success()).as("%s", settled).isTrue();
            assertThat(settled.transaction()).isEqualTo(theirs);
            assertThat(paid(payer)).isEqualTo(OwnRig.PRICE);
        }
    }

    /** Another program with our key takes the nonce: the payment is sent anew with the next one. */
    @Test
    void nonceTakenBySomebodyWithOurKey_isSentAnew() throws Exception {
        try (OwnRig rig = rig(OwnRig.Wishes.usual().timeout(Duration.ofSeconds(40)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Eip3009Signer payer = rig.payer();
            FacilitatorRequest payment = rig.payment(payer);
            freeze();
            Future<SettleResponse> settling = settling(threads, rig, payment);
            OwnRig.await("it is sent", () -> isSent(rig, payment));
            long nonce = rig.outbox().open(rig.sender()).getFirst().nonce();
            chain.call(
                    "eth_sendTransaction",
                    List.of(Map.of(
                            "from",
                            chain.own().address(),
                            "to",
                            OwnRig.PAYEE,
                            "value",
                            "0x1",
                            "nonce",
                            "0x" + Long.toHexString(nonce),
                            "maxFeePerGas",
                            "0x174876e800",
                            "maxPriorityFeePerGas",
                            "0x174876e800")));
            chain.call("anvil_setAutomine", List.of(true));
            chain.call("evm_mine", List.of());

            SettleResponse settled = settling.get();

            assertThat(settled.success()).as("%s", settled).isTrue();
            assertThat(paid(payer)).isEqualTo(OwnRig.PRICE);
        }
    }

    @Test
    void nodeOfAnotherChain_nothingIsSent() {
        try (OwnRig rig = new OwnRig(
                        chain, "eip155:8453", "jdbc:h2:file:" + folder.resolve("book"), folder, OwnRig.Wishes.usual())
                .started()) {
            FacilitatorRequest payment = rig.payment(Eip3009Signer.random());
            long before = sent();
            assertThatThrownBy(() -> rig.facilitator().verify(payment))
                    .isInstanceOfSatisfying(
                            FacilitatorUnavailableException.class,
                            e -> assertThat(e.reach()).isEqualTo(Reach.NOT_REACHED));
            assertThatThrownBy(() -> rig.facilitator().settle(payment)).hasMessageContaining("chain_unreadable");
            assertThat(sent()).isEqualTo(before);
        }
    }

    /** One of them cancels while the transaction waits: the others are paid. */
    @Test
    void batch_eachSucceedsOrFailsAlone() throws Exception {
        try (OwnRig rig = rig(OwnRig.Wishes.usual());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Chain.Account spender = chain.payer(1);
            List<Eip3009Signer> payers = new ArrayList<>(List.of(Eip3009Signer.of(spender.privateKey())));
            for (int i = 0; i < 9; i++) payers.add(rig.payer());
            BigInteger earned = chain.balance(OwnRig.PAYEE);
            BigInteger had = chain.balance(spender.address());
            long before = sent();
            FacilitatorRequest blocker = rig.payment(rig.payer());
            freeze();
            Future<SettleResponse> first = settling(threads, rig, blocker);
            OwnRig.await("one is under way", () -> isSent(rig, blocker));
            List<FacilitatorRequest> payments =
                    payers.stream().map(rig::payment).toList();
            List<Future<SettleResponse>> all = payments.stream()
                    .map(payment -> settling(threads, rig, payment))
                    .toList();
            for (FacilitatorRequest payment : payments) OwnRig.await("all are sent", () -> isSent(rig, payment));
            String everything = "0xa9059cbb" + "0".repeat(24)
                    + chain.payer(3).address().substring(2).toLowerCase(java.util.Locale.ROOT) + "%064x".formatted(had);
            first(spender.address(), chain.asset(), everything);
            chain.call("anvil_setAutomine", List.of(true));
            chain.call("evm_mine", List.of());

            assertThat(first.get().success()).isTrue();
            SettleResponse failed = all.getFirst().get();
            assertThat(failed.success()).isFalse();
            assertThat(failed.errorReason()).isEqualTo("invalid_exact_evm_transaction_failed");
            for (int i = 1; i < payers.size(); i++) {
                assertThat(all.get(i).get().success()).isTrue();
                assertThat(paid(payers.get(i))).isEqualTo(OwnRig.PRICE);
            }
            assertThat(sent() - before).as("transactions for eleven payments").isLessThan(8);
            assertThat(chain.balance(OwnRig.PAYEE).subtract(earned)).isEqualTo(OwnRig.PRICE.multiply(BigInteger.TEN));
        }
    }

    private static boolean isSent(OwnRig rig, FacilitatorRequest payment) {
        String key =
                PaymentIdentity.of(payment.payment(), payment.requirements()).orElseThrow();
        return rig.outbox()
                .find(key)
                .filter(order -> order.state() == Order.State.SENT)
                .isPresent();
    }

    /** Two processes with one key and one book: one sends, both answer. */
    @Test
    void twoReplicas_oneSendsForBoth(PostgresServer postgres) throws Exception {
        String url = postgres.newDatabase();
        try (OwnRig one = new OwnRig(chain, url, folder, OwnRig.Wishes.usual().batch(3)).started();
                OwnRig two =
                        new OwnRig(chain, url, folder, OwnRig.Wishes.usual().batch(3)).started();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Eip3009Signer> payers = new ArrayList<>();
            for (int i = 0; i < 12; i++) payers.add(one.payer());
            List<Future<SettleResponse>> all = new ArrayList<>();
            for (int i = 0; i < payers.size(); i++)
                all.add(settling(threads, i % 2 == 0 ? one : two, one.payment(payers.get(i))));

            for (Future<SettleResponse> each : all)
                assertThat(each.get().success()).isTrue();

            assertThat(payers).allSatisfy(payer -> assertThat(paid(payer)).isEqualTo(OwnRig.PRICE));
        }
    }

    /** Sends so that it comes first in the next block. */
    private static String first(String from, String to, String data) {
        return chain.call(
                        "eth_sendTransaction",
                        List.of(Map.of(
                                "from",
                                from,
                                "to",
                                to,
                                "data",
                                data,
                                "gas",
                                "0x30d40",
                                "maxFeePerGas",
                                "0x174876e800",
                                "maxPriorityFeePerGas",
                                "0x174876e800")))
                .string("result");
    }
}
