package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.TransferProofs;
import io.farebox.chain.lookup.TransferSight.Mined;
import io.farebox.chain.lookup.TransferSight.Moved;
import io.farebox.testkit.solana.SolanaDraft;
import io.farebox.testkit.solana.SolanaDraft.Call;
import io.farebox.testkit.solana.SolanaWallet;
import io.farebox.testkit.solana.StubCluster;
import io.farebox.x402.Base58;
import io.farebox.x402.Network;
import io.farebox.x402.SolanaTransaction;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes of a Solana cluster show of a transaction, and what is believed of it. */
class SolanaTransferTest {
    private static final Network DEVNET = new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
    private static final String MINT = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
    private static final String TOKEN = SolanaDraft.TOKEN;
    private static final LookupLimits LIMITS = new LookupLimits(Duration.ofSeconds(20), Duration.ofSeconds(60));

    private final StubCluster cluster = StubCluster.start();
    private final SolanaWallet payer = SolanaWallet.create();
    private final SolanaWallet relayer = SolanaWallet.create();
    private final String payee = SolanaWallet.create().address();
    private final String source = cluster.account(MINT, payer.address(), 1_000);
    private final String till = cluster.account(MINT, payee, 50);

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static TransferSight read(String signature, int confirmations, StubCluster... clusters) {
        List<String> urls = List.of(clusters).stream().map(StubCluster::url).toList();
        var settings = new ChainSettings(urls, confirmations);
        try (var lookup = new Web3jLookup(Map.of(DEVNET, settings), LIMITS)) {
            return lookup.transfers().read(DEVNET, signature);
        }
    }

    private TransferSight read(String signature) {
        return read(signature, 32, cluster);
    }

    private Mined mined(SolanaDraft draft) {
        return (Mined) read(cluster.land(draft));
    }

    private SolanaDraft draft() {
        return new SolanaDraft(relayer);
    }

    private SolanaDraft paying(long amount) {
        return draft().transfer(TOKEN, source, MINT, till, payer, amount);
    }

    private Moved moved(long position, long value) {
        return new Moved(position, MINT, payer.address(), payee, BigInteger.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transferChecked_tellsWhoPaidWhomWhat(boolean versioned) {
        SolanaDraft draft = versioned ? paying(100) : paying(100).legacy();
        Instant at = Instant.ofEpochSecond(1_763_800_000);
        Mined mined = (Mined) read(cluster.land(draft, "finalized", at));
        assertThat(mined.at()).isEqualTo(at);
        assertThat(mined.transfers()).containsExactly(moved(0, 100));
        assertThat(mined.authorizations()).isEmpty();
    }

    @Test
    void message_isTheIdentityOfASignedPayment() {
        SolanaDraft draft = paying(100);
        String identity =
                SolanaTransaction.decode(draft.withoutFeePayer()).orElseThrow().messageHash();
        assertThat(mined(draft).message()).isNotNull();
        assertThat(((Mined) read(draft.signature())).message().hash()).isEqualTo(identity);
    }

    @Test
    void allKinds_inTheOrderInWhichTheyRan() {
        SolanaDraft draft = draft().memo("hello")
                .call(SolanaDraft.plainTransfer(source, till, payer.address(), 1))
                .call("Gate111111111111111111111111111111111111111", new byte[] {1}, source, till)
                .inner(SolanaDraft.transferChecked(TOKEN, source, MINT, till, payer.address(), 2))
                .inner(SolanaDraft.transferWithFee(source, MINT, till, payer.address(), 3, 0))
                .transfer(SolanaDraft.TOKEN_2022, source, MINT, till, payer, 4);
        assertThat(mined(draft).transfers())
                .containsExactly(moved(65_536, 1), moved(131_073, 2), moved(131_074, 3), moved(196_608, 4));
    }

    @Test
    void accountsFromATable_areKnown() {
        assertThat(mined(paying(100).lookUp(till, source)).transfers()).containsExactly(moved(0, 100));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tokenThatKeepsAFee_countsWhatArrived(boolean told) {
        cluster.fee(MINT, 100);
        SolanaDraft draft = told
                ? draft().signedBy(payer).call(SolanaDraft.transferWithFee(source, MINT, till, payer.address(), 500, 5))
                : draft().transfer(SolanaDraft.TOKEN_2022, source, MINT, till, payer, 500);
        assertThat(mined(draft).transfers()).containsExactly(moved(0, 495));
    }

    @Test
    void feeOfSeveral_isSharedAndNeverMoreThanWhatArrived() {
        cluster.fee(MINT, 100);
        SolanaDraft draft = draft().transfer(SolanaDraft.TOKEN_2022, source, MINT, till, payer, 100)
                .transfer(SolanaDraft.TOKEN_2022, source, MINT, till, payer, 301);
        List<BigInteger> values =
                mined(draft).transfers().stream().map(Moved::value).toList();
        assertThat(values).containsExactly(BigInteger.valueOf(98), BigInteger.valueOf(297));
        assertThat(values.stream().reduce(BigInteger.ZERO, BigInteger::add))
                .isLessThanOrEqualTo(BigInteger.valueOf(396));
    }

    @Test
    void moneyThatGoesBackAtOnce_didNotArrive() {
        SolanaWallet owner = SolanaWallet.create();
        String lent = cluster.account(MINT, owner.address(), 70);
        SolanaDraft draft =
                draft().transfer(TOKEN, source, MINT, lent, payer, 100).transfer(TOKEN, lent, MINT, source, owner, 90);
        assertThat(mined(draft).transfers().getFirst().value()).isEqualTo(BigInteger.TEN);
        SolanaDraft all =
                draft().transfer(TOKEN, source, MINT, lent, payer, 100).transfer(TOKEN, lent, MINT, source, owner, 120);
        assertThat(mined(all).transfers().getFirst().value()).isZero();
    }

    @Test
    void ownTransfer_isFromTheOwnerWhoeverMovedIt() {
        String other = cluster.account(MINT, payee, 500);
        SolanaDraft draft = draft().transfer(TOKEN, other, MINT, till, payer, 100);
        assertThat(mined(draft).transfers()).containsExactly(new Moved(0, MINT, payee, payee, BigInteger.ZERO));
    }

    @Test
    void lookAlikeMint_isNamed() {
        String fake = SolanaWallet.create().address();
        String from = cluster.account(fake, payer.address(), 500);
        String to = cluster.account(fake, payee, 0);
        Mined mined = mined(draft().transfer(TOKEN, from, MINT, to, payer, 100));
        assertThat(mined.transfers()).extracting(Moved::emitter).containsExactly(fake);
    }

    @Test
    void programThatSpeaksLikeAToken_movesNothing() {
        String forger = SolanaWallet.create().address();
        Call call = SolanaDraft.transferChecked(forger, source, MINT, till, payer.address(), 100);
        assertThat(mined(draft().signedBy(payer).call(call)).transfers()).isEmpty();
    }

    @Test
    void otherInstructionsOfATokenProgram_moveNothing() {
        SolanaDraft draft = draft().signedBy(payer);
        for (byte[] data : new byte[][] {
            {}, {7, 1, 0, 0, 0, 0, 0, 0, 0}, {26, 0, 1, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0}
        }) if (data.length > 0) draft.call(TOKEN, data, source, MINT, till, payer.address());
        assertThat(mined(draft).transfers()).isEmpty();
    }

    @Test
    void accountThatChangedHands_isNobodys() {
        String signature = cluster.land(paying(100));
        cluster.lie(
                signature,
                (told, meta) -> holding(meta, "preTokenBalances", till).put("owner", payer.address()));
        assertThat(((Mined) read(signature)).transfers())
                .containsExactly(new Moved(0, MINT, payer.address(), "", BigInteger.ZERO));
    }

    @Test
    void newAccount_beganWithNothing() {
        String signature = cluster.land(paying(100));
        cluster.lie(signature, (told, meta) -> {
            meta.put("preTokenBalances", without(meta, "preTokenBalances", till));
            amount(holding(meta, "postTokenBalances", till), "100");
        });
        assertThat(((Mined) read(signature)).transfers()).containsExactly(moved(0, 100));
    }

    @Test
    void memo_isReadIfItMayBeOurs() {
        String memo = TransferProofs.memo("c1.1.a.v1.b");
        assertThat(memo).hasSize(TransferProofs.MEMO_LENGTH);
        SolanaDraft own = paying(1).memo(memo).memo("another");
        assertThat(mined(own).message().memos()).containsExactly(memo);
        SolanaDraft called =
                paying(1).inner(new Call(SolanaDraft.MEMO, memo.getBytes(StandardCharsets.US_ASCII), List.of()));
        assertThat(mined(called).message().memos()).containsExactly(memo);
    }

    @Test
    void failed_isReverted() {
        assertThat(read(cluster.land(paying(100_000)))).isEqualTo(new TransferSight.Reverted());
    }

    @Test
    void notFinal_isPending() {
        String signature = cluster.land(paying(100), "confirmed", Instant.now());
        assertThat(read(signature)).isEqualTo(new TransferSight.Pending());
        cluster.level(signature, "finalized");
        assertThat(read(signature)).isInstanceOf(Mined.class);
    }

    @Test
    void fewerConfirmations_areCountedInSlots() {
        String signature = cluster.land(paying(100), "processed", Instant.now());
        assertThat(read(signature, 3, cluster)).isEqualTo(new TransferSight.Pending());
        cluster.level(signature, "confirmed");
        cluster.advance(1);
        assertThat(read(signature, 3, cluster)).isEqualTo(new TransferSight.Pending());
        cluster.advance(1);
        assertThat(read(signature, 3, cluster)).isInstanceOf(Mined.class);
    }

    @Test
    void unknown_isNotFoundOnlyIfAllNodesSaySo() {
        String signature = paying(100).signature();
        try (StubCluster second = StubCluster.start()) {
            assertThat(read(signature, 32, cluster, second)).isEqualTo(new TransferSight.NotFound());
            second.on("getSignatureStatuses", params -> new StubCluster.RpcError(-32000));
            assertThat(read(signature, 32, cluster, second)).isEqualTo(new TransferSight.Unreadable());
        }
    }

    @Test
    void otherCluster_isNotAsked() {
        String signature = cluster.land(paying(100));
        try (StubCluster mainnet = StubCluster.start("5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d")) {
            assertThat(read(signature, 32, mainnet)).isEqualTo(new TransferSight.Unreadable());
            assertThat(mainnet.asked()).containsExactly("getGenesisHash");
            assertThat(read(signature, 32, mainnet, cluster)).isInstanceOf(Mined.class);
        }
        for (Object hash : new Object[] {"EtWTRABZaYq6iMfeYKouRu166VU2xqa1", "", 7, Map.of(), "x".repeat(100_000)}) {
            cluster.on("getGenesisHash", params -> hash);
            assertThat(read(signature)).isEqualTo(new TransferSight.Unreadable());
        }
    }

    private enum Lying {
        NO_BLOCK_TIME,
        BLOCK_TIME_AS_TEXT,
        NEGATIVE_SLOT,
        NO_META,
        NO_BALANCES,
        NO_INNER,
        INNER_OF_NOTHING,
        INNER_TWICE,
        INNER_OF_NO_PROGRAM,
        INNER_WITH_NO_DATA,
        ACCOUNT_BEYOND,
        ACCOUNT_TWICE,
        AMOUNT_AS_NUMBER,
        AMOUNT_NEGATIVE,
        AMOUNT_HUGE,
        MINT_NO_ADDRESS,
        LOADED_TOO_FEW,
        PARSED,
        NOT_BASE64
    }

    @ParameterizedTest
    @EnumSource
    void lies_areNotBelieved(Lying lying) {
        String signature = cluster.land(paying(100).lookUp(till));
        assertThat(read(signature)).isInstanceOf(Mined.class);
        cluster.lie(signature, (told, meta) -> lie(lying, told, meta));
        assertThat(read(signature)).isEqualTo(new TransferSight.Unreadable());
    }

    private void lie(Lying lying, Map<String, @Nullable Object> told, Map<String, @Nullable Object> meta) {
        Map<String, Object> call =
                new LinkedHashMap<>(Map.of("programIdIndex", 1, "accounts", List.of(0), "data", "11"));
        switch (lying) {
            case NO_BLOCK_TIME -> told.put("blockTime", null);
            case BLOCK_TIME_AS_TEXT -> told.put("blockTime", "1763800000");
            case NEGATIVE_SLOT -> told.put("slot", -1);
            case NO_META -> told.put("meta", null);
            case NO_BALANCES -> meta.put("postTokenBalances", null);
            case NO_INNER -> meta.put("innerInstructions", null);
            case INNER_OF_NOTHING -> meta.put("innerInstructions", inner(9, call));
            case INNER_TWICE -> {
                List<Object> twice = new ArrayList<>(inner(0, call));
                twice.addAll(inner(0, call));
                meta.put("innerInstructions", twice);
            }
            case INNER_OF_NO_PROGRAM -> {
                call.put("programIdIndex", 300);
                meta.put("innerInstructions", inner(0, call));
            }
            case INNER_WITH_NO_DATA -> {
                call.remove("data");
                meta.put("innerInstructions", inner(0, call));
            }
            case ACCOUNT_BEYOND -> holding(meta, "postTokenBalances", till).put("accountIndex", 77);
            case ACCOUNT_TWICE -> {
                List<Object> twice = new ArrayList<>((List<?>) meta.get("postTokenBalances"));
                twice.add(twice.getFirst());
                meta.put("postTokenBalances", twice);
            }
            case AMOUNT_AS_NUMBER -> holding(meta, "postTokenBalances", till).put("uiTokenAmount", Map.of("amount", 5));
            case AMOUNT_NEGATIVE -> amount(holding(meta, "postTokenBalances", till), "-5");
            case AMOUNT_HUGE -> amount(holding(meta, "postTokenBalances", till), "9".repeat(40));
            case MINT_NO_ADDRESS -> holding(meta, "postTokenBalances", till).put("mint", "USDC");
            case LOADED_TOO_FEW -> meta.put("loadedAddresses", Map.of("writable", List.of(), "readonly", List.of()));
            case PARSED -> told.put("transaction", Map.of("message", Map.of()));
            case NOT_BASE64 -> told.put("transaction", List.of("???", "base64"));
        }
    }

    private static List<Object> inner(int index, Map<String, Object> call) {
        return List.of(Map.of("index", index, "instructions", List.of(call)));
    }

    @Test
    void otherTransactionUnderThatName_isNotBelieved() {
        SolanaDraft small = paying(1);
        SolanaDraft large = paying(900);
        String signature = cluster.land(small);
        cluster.lie(signature, (told, meta) -> told.put("transaction", List.of(large.base64(), "base64")));
        assertThat(read(signature)).isEqualTo(new TransferSight.Unreadable());
        // Not even if the name is put in its first slot: it is no signature of these instructions.
        byte[] forged = Base64.getDecoder().decode(large.base64());
        byte[] name = Base58.decode(signature, 64).orElseThrow();
        System.arraycopy(name, 0, forged, 1, 64);
        String base64 = Base64.getEncoder().encodeToString(forged);
        cluster.lie(signature, (told, meta) -> told.put("transaction", List.of(base64, "base64")));
        assertThat(read(signature)).isEqualTo(new TransferSight.Unreadable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"error\":{\"code\":-32015}}",
                "{\"jsonrpc\":\"2.0\",\"id\":9%d,\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"%d\",\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"id\":%<d,\"result\":null}",
                "[{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":null}]",
                "<html>%d</html>",
                ""
            })
    void oddAnswers_areNone(String answer) {
        String signature = cluster.land(paying(100));
        cluster.onRudely("getTransaction", (exchange, id) -> StubCluster.send(exchange, 200, answer.formatted(id)));
        assertThat(read(signature)).isEqualTo(new TransferSight.Unreadable());
    }

    @Test
    void hugeAnswer_isCutOff() {
        String signature = cluster.land(paying(100));
        cluster.on("getTransaction", params -> Map.of("padding", "x".repeat(2_000_000)));
        assertThat(read(signature)).isEqualTo(new TransferSight.Unreadable());
    }

    private Map<String, Object> holding(Map<String, @Nullable Object> meta, String which, String account) {
        List<Map<String, Object>> holdings = holdings(meta, which);
        return holdings.stream()
                .filter(each -> account.equals(till) && payee.equals(each.get("owner")))
                .findFirst()
                .orElseThrow();
    }

    private List<Object> without(Map<String, @Nullable Object> meta, String which, String account) {
        List<Object> rest = new ArrayList<>(holdings(meta, which));
        rest.remove(holding(meta, which, account));
        return rest;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> holdings(Map<String, @Nullable Object> meta, String which) {
        return (List<Map<String, Object>>) meta.get(which);
    }

    private static void amount(Map<String, Object> holding, String amount) {
        holding.put("uiTokenAmount", Map.of("amount", amount));
    }
}
