package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.x402.Network;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RailSectionsTest {
    private static final String ROUTE = "match: \"GET /a\", price: \"$0.01\"";
    private static final String RPC = "networks: { base: { rpc: [\"https://rpc.example.com\"] } }\n";

    private static FareboxConfig with(String rails) {
        return Fixtures.withRoot(RPC + rails, ROUTE);
    }

    @Test
    void transfers_areTakenOnlyWhereEnabled() {
        assertThat(with("").transfers()).isNull();
        assertThat(with("rails: { transfer: { min: \"$0.10\" } }").transfers()).isNull();
        TransferConfig transfers =
                with("rails: { transfer: { enabled: true, min: \"$0.10\" } }").transfers();
        assertThat(transfers)
                .isEqualTo(new TransferConfig(Duration.ofHours(1), new Price(new BigDecimal("0.10"), Price.USD), true));
    }

    @Test
    void solana_isTakenWhereItCanBeAsked() {
        String route = ROUTE + ", accept: [solana-devnet/USDC]";
        String rails = "rails: { transfer: { enabled: true, min: \"0.10 USDC\" } }";
        String networks = "networks: { solana-devnet: { rpc: [\"https://rpc.example.com\"] } }\n";
        FareboxConfig config = Fixtures.withRoot(networks + rails, route);
        assertThat(config.transfers()).isNotNull();
        Network devnet = new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
        assertThat(config.settings(devnet).confirmations()).isEqualTo(32);
        assertThatThrownBy(() -> Fixtures.withRoot(rails, route))
                .isInstanceOf(PricingConfigException.class)
                .hasMessageContaining("networks.\"solana-devnet\".rpc is not set");
    }

    @Test
    void noProof_isAWarning() {
        FareboxConfig config =
                with("rails: { transfer: { enabled: true, min: \"0.10 USDC\", payer-proof: none, max-age: 1d } }");
        assertThat(Objects.requireNonNull(config.transfers()).proofRequired()).isFalse();
        assertThat(config.transfers().maxAge()).isEqualTo(Duration.ofDays(1));
        assertThat(config.warnings()).extracting(ConfigProblem::code).contains(ProblemCode.PAYER_PROOF_NONE);
    }

    @Test
    void least_isInTheAssetsUnit() {
        TransferConfig dollars =
                new TransferConfig(Duration.ofHours(1), new Price(new BigDecimal("0.10"), Price.USD), true);
        assertThat(dollars.least(asset("USDC", 6, true))).contains(BigInteger.valueOf(100_000));
        assertThat(dollars.least(asset("MUSD", 18, true))).contains(new BigInteger("100000000000000000"));
        assertThat(dollars.least(asset("EURC", 6, false))).isEmpty();
        assertThat(dollars.least(asset("COARSE", 0, true))).isEmpty();
        TransferConfig euros = new TransferConfig(Duration.ofHours(1), new Price(BigDecimal.ONE, "EURC"), true);
        assertThat(euros.least(asset("EURC", 6, false))).contains(BigInteger.valueOf(1_000_000));
        assertThat(euros.least(asset("USDC", 6, true))).isEmpty();
    }

    private static AssetInfo asset(String symbol, int decimals, boolean usd) {
        return new AssetInfo(NetworkTable.DEV, symbol, "0x" + "1".repeat(40), decimals, symbol, "1", usd, false, false);
    }
}
