package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.Eip3009Digest;
import io.farebox.chain.lookup.AssetCheck.Finding;
import io.farebox.testkit.solana.StubCluster;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssetCheckTest {
    private static final Network DEVNET = new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
    private static final String MINT = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
    private static final String TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    private static final PaymentRequirements TERMS = new PaymentRequirements(
            "exact",
            SampleChain.NETWORK,
            BigInteger.ONE,
            SampleChain.ASSET,
            SampleChain.PAY_TO,
            60,
            Map.of("name", "USDC", "version", "2"));
    private static final PaymentRequirements ON_SOLANA =
            new PaymentRequirements("exact", DEVNET, BigInteger.ONE, MINT, MINT, 60, Map.of());

    private final SampleChain chain = new SampleChain();
    private final StubNode node = token(chain.tellBy(new StubNode()), 6, "2");
    private final StubNode second = token(new SampleChain().tellBy(new StubNode()), 6, "2");
    private final StubCluster cluster = StubCluster.start();

    @AfterEach
    void stop() {
        node.close();
        second.close();
        cluster.close();
    }

    private static StubNode token(StubNode node, int decimals, String version) {
        var own = new PaymentRequirements(
                TERMS.scheme(),
                TERMS.network(),
                TERMS.amount(),
                TERMS.asset(),
                TERMS.payTo(),
                60,
                Map.of("name", "USDC", "version", version));
        String domain = "0x"
                + HexFormat.of()
                        .formatHex(new Eip3009Digest().domainSeparator(own).orElseThrow());
        node.on("eth_getCode", params -> "0x6001");
        return node.on("eth_call", params -> {
            Object data = ((Map<?, ?>) params.getFirst()).get("data");
            return Eip3009Abi.DECIMALS.equals(data) ? SampleChain.word(decimals) : domain;
        });
    }

    private static Finding check(PaymentRequirements terms, int decimals, String... urls) {
        var settings = Map.of(terms.network(), new ChainSettings(List.of(urls), 6));
        var limits = new LookupLimits(Duration.ofSeconds(20), Duration.ofSeconds(60));
        try (var lookup = new Web3jLookup(settings, limits)) {
            return lookup.assets().of(terms, decimals);
        }
    }

    private Finding check() {
        return check(TERMS, 6, node.url());
    }

    private static void assertWrong(Finding finding, String fault) {
        assertThat(finding).isInstanceOf(Finding.Wrong.class);
        assertThat(((Finding.Wrong) finding).fault()).contains(fault);
    }

    @Test
    void asConfigured_isRight() {
        assertThat(check()).isEqualTo(new Finding.Right());
        node.on("eth_call", params -> {
            boolean decimals = Eip3009Abi.DECIMALS.equals(((Map<?, ?>) params.getFirst()).get("data"));
            return decimals ? SampleChain.word(6) : new StubNode.RpcError(3);
        });
        assertThat(check()).as("tells no domain").isEqualTo(new Finding.Right());
    }

    @Test
    void other_isWrong() {
        token(node, 18, "2");
        assertWrong(check(), "18 decimals");
        token(node, 6, "1");
        assertWrong(check(), "domain");
        node.on("eth_call", params -> "0x");
        assertWrong(check(), "no decimals");
        node.on("eth_getCode", params -> "0x");
        assertWrong(check(), "no contract at " + SampleChain.ASSET);
        chain.chainId = 1;
        assertWrong(check(), "another chain");
    }

    @Test
    void oneNodeThatLags_isOverruled() {
        node.on("eth_getCode", params -> "0x");
        assertThat(check(TERMS, 6, node.url(), second.url())).isEqualTo(new Finding.Right());
        second.on("eth_getCode", params -> new StubNode.RpcError(-32005));
        assertWrong(check(TERMS, 6, node.url(), second.url()), "no contract");
    }

    @Test
    void nobodyAnswers_isUnreadable() {
        node.on("eth_getCode", params -> new StubNode.RpcError(-32005));
        assertThat(check()).isEqualTo(new Finding.Unreadable());
        token(node, 6, "2").on("eth_call", params -> new StubNode.RpcError(-32005));
        assertThat(check()).isEqualTo(new Finding.Unreadable());
        assertThat(check(ON_SOLANA, 6, "http://127.0.0.1:9")).isEqualTo(new Finding.Unreadable());
    }

    private Finding onSolana(@Nullable String owner, byte[] data) {
        Map<String, @Nullable Object> result = new HashMap<>();
        result.put(
                "value",
                owner == null
                        ? null
                        : Map.of(
                                "owner",
                                owner,
                                "data",
                                List.of(Base64.getEncoder().encodeToString(data), "base64")));
        cluster.on("getAccountInfo", params -> result);
        return check(ON_SOLANA, 6, cluster.url());
    }

    private static byte[] mint(int length, int decimals) {
        byte[] data = new byte[length];
        data[44] = (byte) decimals;
        data[45] = 1;
        if (length > 165) data[165] = 1;
        return data;
    }

    @Test
    void mint_isHeldAgainstItsAccount() {
        assertThat(onSolana(TOKEN, mint(82, 6))).isEqualTo(new Finding.Right());
        assertThat(onSolana("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb", mint(300, 6)))
                .isEqualTo(new Finding.Right());
        assertWrong(onSolana(TOKEN, mint(82, 9)), "9 decimals");
        assertWrong(onSolana(null, new byte[0]), "no mint at " + MINT);
        assertWrong(onSolana(MINT, mint(82, 6)), "is no mint");
        assertWrong(onSolana(TOKEN, mint(165, 6)), "is no mint");
        assertWrong(onSolana(TOKEN, Arrays.copyOf(mint(82, 6), 40)), "is no mint");
        assertWrong(onSolana(TOKEN, new byte[82]), "is no mint");
        cluster.on("getAccountInfo", params -> Map.of("value", Map.of("owner", TOKEN, "data", "???")));
        assertThat(check(ON_SOLANA, 6, cluster.url())).isEqualTo(new Finding.Unreadable());
    }
}
