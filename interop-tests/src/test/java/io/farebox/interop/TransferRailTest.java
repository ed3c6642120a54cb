package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.Eip3009Signer;
import io.farebox.chain.TransferProofs;
import io.farebox.interop.TransferClient.Answer;
import io.farebox.testkit.pay.PayingClient;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary transfers on a real chain, shown to a server whose only facilitator cannot be reached: none is needed. */
class TransferRailTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final String OTHER = "0x00000000000000000000000000000000000a11ce";
    private static final String LOOKALIKE = "0x00000000000000000000000000000000000c0de1";
    private static final String FORGER = "0x00000000000000000000000000000000000c0de2";
    private static final String BATCH = "0x00000000000000000000000000000000000c0de3";
    private static final String WALLET = "0x00000000000000000000000000000000000c0de4";
    private static final String OTHER_TOKEN = "0x00000000000000000000000000000000000c0de5";
    private static final long PRICE = 10_000;
    private static final Network NETWORK = new Network("eip155:84532");

    private static Chain chain;
    private static ChainAct act;

    private final Eip3009Signer payer = Eip3009Signer.of(chain.payer(0).privateKey());
    private final Eip3009Signer stranger = Eip3009Signer.of(chain.payer(1).privateKey());

    @TempDir
    private Path folder;

    private PricedServer server;
    private TransferClient client;

    @BeforeAll
    static void startChain() {
        chain = Chain.start(84532);
        act = new ChainAct(chain);
        act.place("TestUsdc", LOOKALIKE);
        act.place("TestUsdc", OTHER_TOKEN);
        act.mined(chain.payer(0).address(), OTHER_TOKEN, initialize("O", "OUSD", "1", 6));
        act.place("TestForger", FORGER);
        act.place("TestBatch", BATCH);
        act.place("TestWallet", WALLET);
        String rich = chain.payer(0).address();
        for (String token : new String[] {LOOKALIKE, OTHER_TOKEN})
            act.mined(rich, token, ChainAct.data("mint(address,uint256)", rich, 1_000_000));
        act.mined(rich, WALLET, ChainAct.data("initialize(address)", rich));
        act.transfer(rich, chain.asset(), WALLET, 50_000);
        act.mined(rich, chain.asset(), ChainAct.data("approve(address,uint256)", BATCH, 1_000_000));
    }

    @AfterAll
    static void stopChain() {
        chain.close();
    }

    @BeforeEach
    void start() {
        open("");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void open(String more) {
        if (server != null) stop();
        server = new PricedServer("""
                public-url: http://127.0.0.1
                pay-to: { eip155: "%s" }
                accept: [base-sepolia/USDC]
                facilitators: [{ id: nobody, url: "http://127.0.0.1:9" }]
                networks: { base-sepolia: { rpc: ["%s"], confirmations: 2 } }
                rails: { transfer: { enabled: true, min: "$0.01"%s }, token: { enabled: true } }
                assets: [{ network: base-sepolia, symbol: OUSD, address: "%s", decimals: 6, name: O, version: "1", usd: true }]
                book: { url: "jdbc:h2:file:%s/book" }
                routes:
                  - { id: weather, match: "GET /weather", price: "$0.01" }
                  - { id: report, match: "GET /report", price: "$0.01", flow: upfront }
                  - { id: coins, match: "GET /coins", price: "$0.01", accept: [base-sepolia/OUSD] }
                """.formatted(PAYEE, chain.rpc(), more, OTHER_TOKEN, folder), folder);
        client = client("/weather");
    }

    /** What a token says of itself, which is held against the configuration at a start. */
    private static String initialize(String name, String symbol, String version, int decimals) {
        return ChainAct.data(
                "initialize(string,string,string,uint8)",
                0x80,
                0xc0,
                0x100,
                decimals,
                name.length(),
                right(name),
                symbol.length(),
                right(symbol),
                version.length(),
                right(version));
    }

    private static String right(String text) {
        String digits = HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
        return "0x" + digits + "0".repeat(64 - digits.length());
    }

    private TransferClient client(String path) {
        return new TransferClient(server.uri(path), "base-sepolia", NETWORK);
    }

    /** A transfer to the payee that is as deep as it must be. */
    private String paid(long value) {
        String hash = act.transfer(payer.address(), chain.asset(), PAYEE, value);
        act.mine(1);
        return hash;
    }

    private String deep(String hash) {
        act.mine(1);
        return hash;
    }

    private static void assertServed(Answer answer, String transaction) {
        assertThat(answer.status()).as(answer.reason()).isEqualTo(200);
        assertThat(answer.whole().body()).contains("celsius");
        JsonObject receipt = answer.receipt();
        assertThat(receipt.bool("success")).isTrue();
        assertThat(receipt.string("transaction")).isEqualTo(transaction);
    }

    private void assertRefused(Answer answer, String reason) {
        assertThat(answer.status()).as(answer.reason()).isEqualTo(402);
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.whole().headers().firstValue("PAYMENT-REQUIRED")).isPresent();
        assertThat(server.runs).hasValue(0);
    }

    @Test
    void offered_saysWhatToTransfer() {
        JsonObject option = client.option();
        JsonObject transfer = option.objects("transfers").getFirst();
        assertThat(transfer.string("network")).isEqualTo("eip155:84532");
        assertThat(transfer.string("asset")).isEqualToIgnoringCase(chain.asset());
        assertThat(transfer.string("payTo")).isEqualTo(PAYEE);
        assertThat(transfer.string("minimum")).isEqualTo("10000");
        assertThat(option.string("proof")).isEqualTo("required");
        assertThat(option.string("challenge")).isNotEqualTo(client.challenge());
    }

    @ParameterizedTest
    @ValueSource(strings = {TransferProofs.EIP712, TransferProofs.EIP191})
    void exact_isServedOnce(String form) {
        String hash = paid(PRICE);
        String proof = client.proof(payer, form, hash);
        assertServed(client.show(hash, "base-sepolia", proof), hash);

        Answer replayed = client.show(hash, "eip155:84532", proof);
        assertThat(replayed.status()).isEqualTo(409);
        assertThat(replayed.reason()).isEqualTo("payment_already_used");
        Answer again = client.show(payer, hash);
        assertThat(again.status()).isEqualTo(402);
        assertThat(again.reason()).isEqualTo("insufficient_funds");
        assertThat(server.runs).hasValue(1);
    }

    @Test
    void over_staysOnTheBalance() {
        String hash = paid(3 * PRICE + 1);
        for (int i = 0; i < 3; i++) assertServed(client.show(payer, hash), hash);
        assertThat(client.show(payer, hash).reason()).isEqualTo("insufficient_funds");
        assertThat(server.runs).hasValue(3);
    }

    @Test
    void batched_countsWhatCameToUs() {
        String data = "0x" + ChainAct.data("pay(address,address[],uint256[])").substring(2)
                + ChainAct.data("x()", chain.asset(), 0x60, 0xe0, 3, PAYEE, OTHER, PAYEE, 3, PRICE, 5, 2 * PRICE)
                        .substring(10);
        String hash = deep(act.mined(payer.address(), BATCH, data));
        for (int i = 0; i < 3; i++) assertServed(client.show(payer, hash), hash);
        assertThat(client.show(payer, hash).reason()).isEqualTo("insufficient_funds");
    }

    @Test
    void byAuthorization_isServedAndSpendsIt() throws Exception {
        PaymentRequirements terms = new PaymentRequirements(
                "exact",
                NETWORK,
                BigInteger.valueOf(PRICE),
                chain.asset(),
                PAYEE,
                116,
                Map.of("name", "USDC", "version", "2"));
        Instant now = Instant.now();
        SchemePayload.Eip3009 signed = payer.sign(terms, now.minusSeconds(600), now.plusSeconds(116));
        String hash = deep(act.mined(stranger.address(), chain.asset(), ChainAct.submitted(signed)));
        assertServed(client.show(payer, hash), hash);

        var naive = PayingClient.v2(offered -> signed);
        var answer = naive.get(server.uri("/weather"));
        assertThat(answer.status()).isEqualTo(402);
        assertThat(server.runs).hasValue(1);
    }

    @Test
    void contractWallet_isAskedForItsSignature() {
        String hash = deep(act.mined(
                payer.address(), WALLET, ChainAct.data("send(address,address,uint256)", chain.asset(), PAYEE, PRICE)));
        String theirs = client.proof(stranger, TransferProofs.EIP712, hash);
        assertRefused(client.show(hash, "base-sepolia", theirs + " " + WALLET), "transfer_proof_invalid");
        assertRefused(client.show(payer, hash), "transfer_wrong_payer");
        String ours = client.proof(payer, TransferProofs.EIP712, hash);
        assertServed(client.show(hash, "base-sepolia", ours + " " + WALLET), hash);
    }

    @Test
    void under_isRefused() {
        assertRefused(client.show(payer, paid(PRICE - 1)), "transfer_underpaid");
    }

    @Test
    void wrongPayee_isRefused() {
        String hash = deep(act.transfer(payer.address(), chain.asset(), OTHER, PRICE));
        assertRefused(client.show(payer, hash), "transfer_wrong_payee");
    }

    @Test
    void lookalikeToken_isRefused() {
        String hash = deep(act.transfer(payer.address(), LOOKALIKE, PAYEE, PRICE));
        assertRefused(client.show(payer, hash), "transfer_wrong_asset");
    }

    @Test
    void otherToken_isRefusedWhereItIsNotAccepted() {
        String hash = deep(act.transfer(payer.address(), OTHER_TOKEN, PAYEE, PRICE));
        assertRefused(client.show(payer, hash), "transfer_wrong_asset");
        try (TransferClient coins = client("/coins")) {
            assertServed(coins.show(payer, hash), hash);
        }
    }

    @Test
    void nativeCoin_isRefused() {
        String hash = deep(act.mined(payer.address(), PAYEE, "0x"));
        assertRefused(client.show(payer, hash), "transfer_wrong_asset");
    }

    @Test
    void forgedLog_isRefused() {
        String hash = deep(act.mined(
                payer.address(),
                FORGER,
                ChainAct.data("forge(address,address,uint256)", payer.address(), PAYEE, PRICE)));
        assertRefused(client.show(payer, hash), "transfer_wrong_asset");
    }

    @Test
    void reverted_isRefused() {
        String hash = deep(act.transfer(payer.address(), chain.asset(), PAYEE, Long.MAX_VALUE));
        assertRefused(client.show(payer, hash), "transfer_reverted");
    }

    @Test
    void pending_isRefusedUntilItIsDeepEnough() {
        act.ask("evm_setAutomine", false);
        String hash =
                act.send(payer.address(), chain.asset(), ChainAct.data("transfer(address,uint256)", PAYEE, PRICE));
        String proof = client.proof(payer, TransferProofs.EIP191, hash);
        try {
            Answer waiting = client.show(hash, "base-sepolia", proof);
            assertRefused(waiting, "transfer_pending");
            assertThat(waiting.whole().headers().firstValue("Retry-After")).isPresent();
        } finally {
            // Mines what waits.
            act.ask("evm_setAutomine", true);
        }
        act.await(hash);
        assertRefused(client.show(hash, "base-sepolia", proof), "transfer_pending");
        act.mine(1);
        assertServed(client.show(hash, "base-sepolia", proof), hash);
    }

    @Test
    void dropped_isRefused() {
        act.ask("evm_setAutomine", false);
        String hash;
        try {
            hash = act.send(
                    payer.address(), chain.asset(), ChainAct.data("transfer(address,uint256)", PAYEE, PRICE + 7));
            act.ask("anvil_dropTransaction", hash);
        } finally {
            act.ask("evm_setAutomine", true);
        }
        act.mine(2);
        assertRefused(client.show(payer, hash), "transfer_not_found");
    }

    @Test
    void otherChain_isRefused() {
        String hash = paid(PRICE);
        String proof = client.proof(payer, TransferProofs.EIP191, hash);
        assertRefused(client.show(hash, "base", proof), "no_matching_requirements");
        assertThat(client.show(hash, "atlantis", proof).status()).isEqualTo(400);
        String elsewhere = "0x" + "5e".repeat(32);
        assertRefused(client.show(payer, elsewhere), "transfer_not_found");
    }

    @Test
    void tooOld_isRefused() {
        open(", max-age: 1s");
        String hash = paid(PRICE);
        act.awaitAge(2);
        assertRefused(client.show(payer, hash), "transfer_too_old");
    }

    @Test
    void unproven_isRefused() {
        String hash = paid(PRICE);
        assertRefused(client.showUnproven(hash), "transfer_proof_required");
        assertRefused(client.show(stranger, hash), "transfer_wrong_payer");
        String other = client.proof(payer, TransferProofs.EIP712, "0x" + "5e".repeat(32));
        assertRefused(client.show(hash, "base-sepolia", other), "transfer_wrong_payer");
        try (TransferClient report = client("/report")) {
            String elsewhere = report.proof(payer, TransferProofs.EIP712, hash);
            assertRefused(client.show(hash, "base-sepolia", elsewhere), "transfer_challenge_unknown");
        }
        assertServed(client.show(payer, hash), hash);
    }

    @Test
    void proofNotRequired_servesWhoeverShowsItFirst_once() {
        open(", payer-proof: none");
        String hash = paid(5 * PRICE);
        assertServed(client.showUnproven(hash), hash);
        assertThat(client.showUnproven(hash).status()).isEqualTo(409);
        assertServed(client.show(payer, hash), hash);
        assertThat(server.runs).hasValue(2);
    }

    @Test
    void tokenOfATransfer_paysTheOtherNineRequests() {
        String hash = paid(10 * PRICE);
        String proof = client.proof(payer, TransferProofs.EIP191, hash);
        Answer first = client.send(
                "X-PAYMENT-TX",
                hash,
                "X-PAYMENT-CHAIN",
                "base-sepolia",
                "X-PAYMENT-PROOF",
                proof,
                "X-PAYMENT-TOKEN",
                "new");
        assertServed(first, hash);
        String token = first.whole().headers().firstValue("X-PAYMENT-TOKEN").orElseThrow();
        assertThat(client.showUnproven(hash).reason()).isEqualTo("transfer_proof_required");
        assertThat(client.show(stranger, hash).reason()).isEqualTo("transfer_wrong_payer");
        int runs = server.runs.get();
        for (int left = 8; left >= 0; left--) {
            Answer next = client.send("X-PAYMENT-TOKEN", token, "Idempotency-Key", "call-" + left);
            assertServed(next, hash);
            assertThat(next.whole().headers().firstValue("X-PAYMENT-REQUESTS-LEFT"))
                    .hasValue("" + left);
            runs++;
            assertThat(server.runs).hasValue(runs);
            // It is good after a restart, too.
            if (left == 4) open("");
            if (left == 4) runs = 0;
        }
        assertThat(client.send("X-PAYMENT-TOKEN", token).reason()).isEqualTo("insufficient_funds");
    }

    @Test
    void failingResource_leavesTheBalance() {
        String hash = paid(PRICE);
        server.toFail.set(1);
        assertThat(client.show(payer, hash).status()).isEqualTo(500);
        assertServed(client.show(payer, hash), hash);
        assertThat(client.show(payer, hash).reason()).isEqualTo("insufficient_funds");
    }

    @Test
    void failingResourcePaidUpfront_isOwedARun() {
        try (TransferClient report = client("/report")) {
            String hash = paid(PRICE);
            server.toFail.set(1);
            assertThat(report.show(payer, hash).status()).isEqualTo(500);
            assertServed(report.show(payer, hash), hash);
            assertThat(report.show(payer, hash).reason()).isEqualTo("insufficient_funds");
        }
    }

    @Test
    void restarted_remembersBalanceAndProofs() {
        String hash = paid(2 * PRICE);
        String proof = client.proof(payer, TransferProofs.EIP712, hash);
        assertServed(client.show(hash, "base-sepolia", proof), hash);
        open("");
        Answer replayed = client.show(hash, "base-sepolia", proof);
        assertThat(replayed.status()).isEqualTo(402);
        assertThat(replayed.reason()).isEqualTo("transfer_challenge_unknown");
        assertServed(client.show(payer, hash), hash);
        assertThat(client.show(payer, hash).reason()).isEqualTo("insufficient_funds");
    }
}
