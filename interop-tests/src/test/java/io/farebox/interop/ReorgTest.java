package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.Eip3009Signer;
import io.farebox.chain.TransferCalls;
import io.farebox.chain.lookup.ChainSettings;
import io.farebox.chain.lookup.Web3jLookup;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.GateEvent;
import io.farebox.gate.PaymentState;
import io.farebox.ledger.JdbcBook;
import io.farebox.settlement.reconcile.FinalityRounds;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real chain takes a charge back, and charged payments are looked at again. The chain's time and ours are moved, not waited for. */
class ReorgTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final BigInteger PRICE = BigInteger.valueOf(10_000);
    private static final long WINDOW = 120;

    /** Further behind anvil's newest block than the one that it calls final. */
    private static final int DEEP = 100;

    private static Chain chain;

    private final List<GateEvent> events = new ArrayList<>();
    private final Eip3009Signer payer = Eip3009Signer.random();
    private JdbcBook book;
    private Web3jLookup lookup;
    private FinalityRounds rounds;
    private PaymentRequirements terms;
    private Instant now;

    @BeforeAll
    static void start() {
        chain = Chain.start(84532);
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        Network network = new Network(chain.caip2());
        terms = new PaymentRequirements(
                "exact", network, PRICE, chain.asset(), PAYEE, (int) WINDOW, Map.of("name", "USDC", "version", "2"));
        book = JdbcBook.open("jdbc:h2:file:" + folder.resolve("book"));
        lookup = new Web3jLookup(Map.of(network, new ChainSettings(List.of(chain.rpc()), 6)));
        rounds = new FinalityRounds(book.desk(), lookup.finality(), events::add, () -> now, pause -> true);
        chain.mint(payer.address(), PRICE);
        now = Instant.ofEpochSecond(time());
    }

    @AfterEach
    void close() {
        lookup.close();
        book.close();
    }

    private static long time() {
        return Long.decode(chain.call("eth_getBlockByNumber", List.of("latest", false))
                .object("result")
                .string("timestamp"));
    }

    private static String rpc(String method, Object... params) {
        return String.valueOf(chain.call(method, List.of(params)).members().get("result"));
    }

    /** A payment as it was charged, in the book and on the chain. @return its key */
    private String charge(SchemePayload.Eip3009 signed) {
        String key = PaymentIdentity.ofAuthorization(terms.network(), terms.asset(), signed.from(), signed.nonce());
        Claim claim = ((ClaimResult.Claimed) book.claim(request(key))).claim();
        assertThat(book.settling(claim, "reference", now.plusSeconds(40), now)).isTrue();
        String transaction = settle(signed);
        book.settled(
                claim,
                new SettleResponse(true, null, signed.from(), transaction, terms.network()),
                DeliveryState.RUNNING,
                now.plusSeconds(86_400),
                now);
        assertThat(book.delivered(claim, now)).isTrue();
        return key;
    }

    private String settle(SchemePayload.Eip3009 signed) {
        TransferCalls.Call call = TransferCalls.transfer(terms.asset(), signed);
        return chain.send(chain.payer(5).address(), call.target(), call.data());
    }

    private ClaimRequest request(String key) {
        return new ClaimRequest(
                key,
                payer.address().toLowerCase(java.util.Locale.ROOT),
                terms.network(),
                terms.asset().toLowerCase(java.util.Locale.ROOT),
                PRICE,
                PAYEE,
                "weather",
                "prices",
                "request",
                null,
                null,
                now.plusSeconds(WINDOW),
                "{}",
                "owner",
                now.plusSeconds(30),
                now,
                now,
                now,
                3,
                false);
    }

    private SchemePayload.Eip3009 signed() {
        return payer.sign(terms, Instant.EPOCH, now.plusSeconds(WINDOW));
    }

    /** That much later, here and on the chain, where blocks have come meanwhile. */
    private void later(Duration time, int blocks) {
        now = now.plus(time);
        rpc("evm_increaseTime", time.toSeconds());
        rpc("anvil_mine", "0x" + Integer.toHexString(blocks), "0x1");
        now = now.plusSeconds(blocks);
    }

    private void look() {
        rounds.run();
    }

    private PaymentState state(String key) {
        return book.find(key).orElseThrow().state();
    }

    @Test
    void chargeThatStays_isFinalInTheEnd() {
        String key = charge(signed());
        later(Duration.ofMinutes(3), 1);
        look();
        later(Duration.ofHours(2), DEEP);
        look();

        assertThat(state(key)).isEqualTo(PaymentState.SETTLED);
        assertThat(book.desk()
                        .watchlist()
                        .takeDue(java.util.Set.of(terms.network()), now, now.plus(Duration.ofDays(9)), 9))
                .isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void chargeThatTheChainTookBack_isReversedOnceThatIsFinal() {
        String before = rpc("evm_snapshot");
        String key = charge(signed());
        assertThat(rpc("evm_revert", before)).isEqualTo("true");

        later(Duration.ofSeconds(WINDOW + 60), 3);
        look();
        assertThat(state(key)).as("over, but not at a final block").isEqualTo(PaymentState.SETTLED);

        later(Duration.ofHours(1), DEEP);
        look();
        assertThat(state(key)).isEqualTo(PaymentState.REVERSED);
        assertThat(events).singleElement().isInstanceOf(GateEvent.Reversed.class);
        assertThat(book.desk().entries(book.find(key).orElseThrow().claim().paymentId()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.word()).isEqualTo("chain"));
    }

    @Test
    void chargeThatCameBackInAnotherBlock_stays() {
        String before = rpc("evm_snapshot");
        SchemePayload.Eip3009 signed = signed();
        String key = charge(signed);
        assertThat(rpc("evm_revert", before)).isEqualTo("true");
        rpc("anvil_mine", "0x5", "0x1");
        settle(signed);

        later(Duration.ofHours(1), DEEP);
        look();
        later(Duration.ofHours(1), DEEP);
        look();
        assertThat(state(key)).isEqualTo(PaymentState.SETTLED);
        assertThat(events).isEmpty();
    }

    @Test
    void nonceThatWasUsedForAnotherPayeeAfterwards_isReversed() {
        String before = rpc("evm_snapshot");
        SchemePayload.Eip3009 signed = signed();
        String key = charge(signed);
        assertThat(rpc("evm_revert", before)).isEqualTo("true");
        settle(payer.sign(
                terms,
                new SchemePayload.Eip3009(
                        "0x",
                        signed.from(),
                        chain.payer(3).address(),
                        signed.value(),
                        signed.validAfter(),
                        signed.validBefore(),
                        signed.nonce())));

        later(Duration.ofHours(1), DEEP);
        look();
        assertThat(state(key)).isEqualTo(PaymentState.REVERSED);
    }
}
