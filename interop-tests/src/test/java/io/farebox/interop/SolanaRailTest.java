package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.TransferProofs;
import io.farebox.interop.TransferClient.Answer;
import io.farebox.testkit.solana.SolanaDraft;
import io.farebox.testkit.solana.SolanaWallet;
import io.farebox.testkit.solana.StubCluster;
import io.farebox.x402.Base58;
import io.farebox.x402.Network;
import io.farebox.x402.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary transfers on Solana, shown to a server whose only facilitator cannot be reached: none is needed. */
class SolanaRailTest {
    private static final Network NETWORK = new Network(Supported.SOLANA_DEVNET);
    private static final String MINT = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
    private static final long PRICE = 10_000;

    @TempDir
    private Path folder;

    private final StubCluster cluster = StubCluster.start();
    private final SolanaWallet payer = SolanaWallet.create();
    private final SolanaWallet stranger = SolanaWallet.create();
    private final String payee = SolanaWallet.create().address();
    private final String purse = cluster.account(MINT, payer.address(), 1_000_000);
    private final String till = cluster.account(MINT, payee, 0);
    private PricedServer server;
    private TransferClient client;

    @BeforeEach
    void start() {
        open("");
    }

    @AfterEach
    void stop() {
        closeServer();
        cluster.close();
    }

    private void closeServer() {
        client.close();
        server.close();
    }

    private void open(String more) {
        if (server != null) closeServer();
        server = new PricedServer("""
                public-url: http://127.0.0.1
                pay-to: { solana: "%s" }
                accept: [solana-devnet/USDC]
                facilitators: [{ id: nobody, url: "http://127.0.0.1:9" }]
                networks: { solana-devnet: { rpc: ["%s"] } }
                rails: { transfer: { enabled: true, min: "$0.01"%s } }
                book: { url: "jdbc:h2:file:%s/book" }
                routes:
                  - { id: weather, match: "GET /weather", price: "$0.01" }
                  - { id: report, match: "GET /report", price: "$0.01", flow: upfront }
                """.formatted(payee, cluster.url(), more, folder), folder);
        client = client("/weather");
    }

    private TransferClient client(String path) {
        return new TransferClient(server.uri(path), "solana-devnet", NETWORK);
    }

    private SolanaDraft paying(long amount) {
        return new SolanaDraft(payer).transfer(SolanaDraft.TOKEN, purse, MINT, till, payer, amount);
    }

    private String paid(long amount) {
        return cluster.land(paying(amount));
    }

    private static String proof(TransferClient where, SolanaWallet signer, String transaction) {
        String challenge = where.challenge();
        byte[] text = TransferProofs.text(NETWORK, transaction, challenge).getBytes(StandardCharsets.US_ASCII);
        return "ed25519 " + challenge + " " + Base58.encode(signer.sign(text)) + " " + signer.address();
    }

    private Answer show(String transaction) {
        return show(client, transaction);
    }

    private Answer show(TransferClient where, String transaction) {
        return where.show(transaction, "solana-devnet", proof(where, payer, transaction));
    }

    private static void assertServed(Answer answer, String transaction) {
        assertThat(answer.status()).as(answer.reason()).isEqualTo(200);
        assertThat(answer.whole().body()).contains("celsius");
        JsonObject receipt = answer.receipt();
        assertThat(receipt.bool("success")).isTrue();
        assertThat(receipt.string("transaction")).isEqualTo(transaction);
        assertThat(receipt.string("network")).isEqualTo(NETWORK.caip2());
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
        assertThat(transfer.string("network")).isEqualTo(NETWORK.caip2());
        assertThat(transfer.string("asset")).isEqualTo(MINT);
        assertThat(transfer.string("payTo")).isEqualTo(payee);
        assertThat(transfer.string("minimum")).isEqualTo("10000");
        assertThat(transfer.integer("confirmations")).isEqualTo(32);
        assertThat(option.string("howTo")).contains("ed25519");
    }

    @Test
    void exact_isServedOnce() {
        String signature = paid(PRICE);
        String proof = proof(client, payer, signature);
        assertServed(client.show(signature, "solana-devnet", proof), signature);
        Answer replayed = client.show(signature, NETWORK.caip2(), proof);
        assertThat(replayed.status()).isEqualTo(409);
        assertThat(replayed.reason()).isEqualTo("payment_already_used");
        Answer again = show(signature);
        assertThat(again.status()).isEqualTo(402);
        assertThat(again.reason()).isEqualTo("insufficient_funds");
        assertThat(server.runs).hasValue(1);
    }

    @Test
    void over_staysOnTheBalance() {
        String signature = paid(3 * PRICE + 1);
        for (int i = 0; i < 3; i++) assertServed(show(signature), signature);
        assertThat(show(signature).reason()).isEqualTo("insufficient_funds");
        assertThat(server.runs).hasValue(3);
    }

    @Test
    void batched_countsWhatCameToUs() {
        String other = cluster.account(MINT, SolanaWallet.create().address(), 0);
        String signature = cluster.land(paying(PRICE)
                .transfer(SolanaDraft.TOKEN, purse, MINT, other, payer, 5 * PRICE)
                .transfer(SolanaDraft.TOKEN, purse, MINT, till, payer, 2 * PRICE));
        for (int i = 0; i < 3; i++) assertServed(show(signature), signature);
        assertThat(show(signature).reason()).isEqualTo("insufficient_funds");
    }

    @Test
    void twoPayersInOne_haveABalanceEach() {
        String theirs = cluster.account(MINT, stranger.address(), 50_000);
        String signature =
                cluster.land(paying(PRICE).transfer(SolanaDraft.TOKEN, theirs, MINT, till, stranger, 2 * PRICE));
        for (int i = 0; i < 2; i++)
            assertServed(client.show(signature, "solana-devnet", proof(client, stranger, signature)), signature);
        assertServed(show(signature), signature);
        assertThat(show(signature).reason()).isEqualTo("insufficient_funds");
    }

    @Test
    void keptFee_isNotCounted() {
        cluster.fee(MINT, 100);
        String signature =
                cluster.land(new SolanaDraft(payer).transfer(SolanaDraft.TOKEN_2022, purse, MINT, till, payer, PRICE));
        assertRefused(show(signature), "transfer_underpaid");
    }

    @Test
    void noted_isServedToWhoKnowsTheChallenge() {
        String challenge = client.challenge();
        String signature = cluster.land(paying(2 * PRICE).memo(TransferProofs.memo(challenge)));
        assertRefused(client.show(signature, "solana-devnet", "memo " + client.challenge()), "transfer_proof_invalid");
        assertServed(client.show(signature, "solana-devnet", "memo " + challenge), signature);
        assertThat(client.show(signature, "solana-devnet", "memo " + challenge).status())
                .isEqualTo(409);
        assertThat(client.show(signature, "solana-devnet", "memo " + client.challenge())
                        .reason())
                .isEqualTo("transfer_proof_invalid");
        assertServed(show(signature), signature);
    }

    @Test
    void under_isRefused() {
        assertRefused(show(paid(PRICE - 1)), "transfer_underpaid");
    }

    @Test
    void wrongPayee_isRefused() {
        String other = cluster.account(MINT, stranger.address(), 0);
        String signature =
                cluster.land(new SolanaDraft(payer).transfer(SolanaDraft.TOKEN, purse, MINT, other, payer, PRICE));
        assertRefused(show(signature), "transfer_wrong_payee");
    }

    @Test
    void lookalikeMint_isRefused() {
        String fake = SolanaWallet.create().address();
        String from = cluster.account(fake, payer.address(), PRICE);
        String to = cluster.account(fake, payee, 0);
        String signature =
                cluster.land(new SolanaDraft(payer).transfer(SolanaDraft.TOKEN, from, MINT, to, payer, PRICE));
        assertRefused(show(signature), "transfer_wrong_asset");
    }

    @Test
    void forgedProgram_isRefused() {
        String forger = SolanaWallet.create().address();
        String signature = cluster.land(new SolanaDraft(payer)
                .call(SolanaDraft.transferChecked(forger, purse, MINT, till, payer.address(), PRICE)));
        assertRefused(show(signature), "transfer_wrong_asset");
    }

    @Test
    void failed_isRefused() {
        assertRefused(show(paid(Long.MAX_VALUE)), "transfer_reverted");
    }

    @Test
    void pending_isRefusedUntilItIsFinal() {
        String signature = cluster.land(paying(PRICE), "processed", Instant.now());
        String proof = proof(client, payer, signature);
        for (String level : List.of("processed", "confirmed")) {
            cluster.level(signature, level);
            Answer waiting = client.show(signature, "solana-devnet", proof);
            assertRefused(waiting, "transfer_pending");
            assertThat(waiting.whole().headers().firstValue("Retry-After")).isPresent();
        }
        cluster.level(signature, "finalized");
        assertServed(client.show(signature, "solana-devnet", proof), signature);
    }

    @Test
    void dropped_isRefused() {
        String signature = paid(PRICE);
        cluster.drop(signature);
        assertRefused(show(signature), "transfer_not_found");
    }

    @Test
    void otherChain_isRefused() {
        String signature = paid(PRICE);
        String proof = proof(client, payer, signature);
        assertRefused(client.show(signature, "solana", proof), "no_matching_requirements");
        assertThat(client.show(signature, "base", proof).status()).isEqualTo(400);
        assertThat(client.show("0x" + "5e".repeat(32), "solana-devnet", proof).status())
                .isEqualTo(400);
    }

    @Test
    void tooOld_isRefused() {
        String signature =
                cluster.land(paying(PRICE), "finalized", Instant.now().minusSeconds(3_700));
        assertRefused(show(signature), "transfer_too_old");
    }

    @Test
    void unproven_isRefused() {
        String signature = paid(PRICE);
        assertRefused(client.showUnproven(signature), "transfer_proof_required");
        assertRefused(
                client.show(signature, "solana-devnet", proof(client, stranger, signature)), "transfer_wrong_payer");
        String other = proof(client, payer, paying(1).signature());
        assertRefused(client.show(signature, "solana-devnet", other), "transfer_proof_invalid");
        String named = proof(client, stranger, signature).replace(stranger.address(), payer.address());
        assertRefused(client.show(signature, "solana-devnet", named), "transfer_proof_invalid");
        try (TransferClient report = client("/report")) {
            String elsewhere = proof(report, payer, signature);
            assertRefused(client.show(signature, "solana-devnet", elsewhere), "transfer_challenge_unknown");
        }
        assertServed(show(signature), signature);
    }

    @Test
    void proofNotRequired_servesWhoeverShowsItFirst_once() {
        open(", payer-proof: none");
        String signature = paid(5 * PRICE);
        assertServed(client.showUnproven(signature), signature);
        assertThat(client.showUnproven(signature).status()).isEqualTo(409);
        assertServed(show(signature), signature);
        assertThat(server.runs).hasValue(2);
    }

    @Test
    void failingResource_leavesTheBalance() {
        String signature = paid(PRICE);
        server.toFail.set(1);
        assertThat(show(signature).status()).isEqualTo(500);
        assertServed(show(signature), signature);
        assertThat(show(signature).reason()).isEqualTo("insufficient_funds");
    }

    @Test
    void failingResourcePaidUpfront_isOwedARun() {
        try (TransferClient report = client("/report")) {
            String signature = paid(PRICE);
            server.toFail.set(1);
            assertThat(show(report, signature).status()).isEqualTo(500);
            assertServed(show(report, signature), signature);
            assertThat(show(report, signature).reason()).isEqualTo("insufficient_funds");
        }
    }

    @Test
    void restarted_remembersBalances() {
        String signature = paid(2 * PRICE);
        assertServed(show(signature), signature);
        open("");
        assertServed(show(signature), signature);
        assertThat(show(signature).reason()).isEqualTo("insufficient_funds");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unreadable_is503AndNothingIsLost(boolean lies) {
        String signature = paid(PRICE);
        cluster.on("getTransaction", params -> lies ? Map.of("slot", 7) : new StubCluster.RpcError(-32005));
        Answer answer = show(signature);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo("chain_unavailable");
        assertThat(answer.whole().headers().firstValue("PAYMENT-REQUIRED")).isEmpty();
        cluster.behave();
        assertServed(show(signature), signature);
    }

    @Test
    void nodeOfAnotherCluster_isToldAtTheStart() {
        cluster.on("getGenesisHash", params -> "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d");
        open("");
        assertThat(client.send().reason()).isEqualTo("no_way_to_pay");
    }

    @Test
    void otherMintThanConfigured_isNotOffered() {
        cluster.on("getAccountInfo", params -> Collections.singletonMap("value", null));
        open("");
        Answer answer = client.send();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo("no_way_to_pay");
        assertThat(client.showUnproven(paid(PRICE)).status()).isEqualTo(503);
    }

    @Test
    void nodeThatCannotBeAskedAtTheStart_changesNothing() {
        cluster.on("getAccountInfo", params -> new StubCluster.RpcError(-32005));
        open("");
        String signature = paid(PRICE);
        assertServed(show(signature), signature);
    }
}
