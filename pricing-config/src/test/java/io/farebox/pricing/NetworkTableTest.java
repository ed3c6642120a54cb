package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkTableTest {
    private static final NetworkTable TABLE = NetworkTable.builtIn();
    private static final Map<?, ?> VECTORS = (Map<?, ?>) Vectors.read("networks.json");

    @Test
    void table_holdsEveryEvmRowOfTheVectors() {
        List<?> rows = (List<?>) VECTORS.get("rows");
        assertThat(rows).hasSizeGreaterThan(30);
        for (Object each : rows) {
            Map<?, ?> row = (Map<?, ?>) each;
            NetworkInfo info =
                    TABLE.find(new Network((String) row.get("caip2"))).orElseThrow();
            Object v1 = row.get("v1NameInX402_1_2_0");
            assertThat(info.v1Clients()).as(info.label()).isEqualTo(v1 != null);
            assertThat(info.v1Name()).isEqualTo(v1 != null ? v1 : row.get("v1NameInEvm_2_27_0"));
            if (row.get("v1Usdc") instanceof Map<?, ?> usdc) assertUsdc(info, usdc);
            for (Object asset : (List<?>) row.get("v2DefaultAssets")) assertDefault(info, (Map<?, ?>) asset);
        }
    }

    private static void assertUsdc(NetworkInfo info, Map<?, ?> usdc) {
        AssetInfo asset = TABLE.asset(info.network(), "USDC").orElseThrow();
        assertThat(asset.address()).isEqualTo(usdc.get("address"));
        assertThat(asset.name()).isEqualTo(usdc.get("domainName"));
        assertThat(asset.version()).isEqualTo(usdc.get("domainVersion"));
        assertThat(asset.decimals()).isEqualTo(usdc.get("decimals"));
    }

    private static void assertDefault(NetworkInfo info, Map<?, ?> row) {
        AssetInfo asset =
                TABLE.asset(info.network(), (String) row.get("symbol")).orElseThrow();
        assertThat(asset.address()).isEqualToIgnoringCase((String) row.get("asset"));
        assertThat(asset.name()).isEqualTo(row.get("name"));
        assertThat(asset.version()).isEqualTo(row.get("version"));
        assertThat(asset.decimals()).isEqualTo(row.get("decimals"));
        assertThat(asset.v2Default()).isTrue();
        assertThat(asset.permit2()).isEqualTo("permit2".equals(row.get("assetTransferMethod")));
    }

    @Test
    void table_holdsEverySolanaCluster() {
        for (Object each : (List<?>) VECTORS.get("solana")) {
            Map<?, ?> row = (Map<?, ?>) each;
            var network = new Network((String) row.get("caip2"));
            assertThat(TABLE.asset(network, "USDC").orElseThrow().address()).isEqualTo(row.get("usdc"));
        }
    }

    @Test
    void addresses_areWellFormedAndNoneIsListedTwice() {
        for (NetworkInfo info : TABLE.all()) {
            for (AssetInfo asset : info.assets()) {
                boolean evm = info.network().isEvm();
                assertThat(evm ? Eip55.isAddress(asset.address()) : Base58.isAddress(asset.address()))
                        .as(info.label())
                        .isTrue();
                if (evm && !Eip55.isUnchecked(asset.address())) {
                    assertThat(Eip55.checksummed(asset.address())).isEqualTo(asset.address());
                }
            }
        }
        assertThat(TABLE.labels()).doesNotHaveDuplicates();
        assertThat(TABLE.all()).extracting(NetworkInfo::network).doesNotHaveDuplicates();
    }

    @Test
    void networksWithoutVersionOneName_areFoundByTheNamePeopleUse() {
        assertThat(TABLE.find("arbitrum").orElseThrow().network()).isEqualTo(new Network("eip155:42161"));
        assertThat(TABLE.find("optimism").orElseThrow().network()).isEqualTo(new Network("eip155:10"));
        assertThat(TABLE.find("ethereum").orElseThrow().network()).isEqualTo(new Network("eip155:1"));
        assertThat(TABLE.v1Names()).containsKeys("base", "farebox-dev").doesNotContainKeys("arbitrum", "optimism");
    }

    @Test
    void allPayAiNetworks_makeAnOffer() {
        Completion feePayer = (bare, route) -> Optional.of(withFeePayer(bare));
        String mains = "base/USDC, polygon/USDC, avalanche/USDC, sei/USDC, iotex/USDC, peaq/USDC, solana/USDC";
        String tests =
                "base-sepolia/USDC, polygon-amoy/USDC, avalanche-fuji/USDC, sei-testnet/USDC, solana-devnet/USDC";
        FareboxConfig config = Fixtures.routes(
                "match: /a, price: \"$0.01\", accept: [" + mains + "]",
                "match: /b, price: \"$0.01\", accept: [" + tests + "]");
        PriceBook book = PriceBook.from(config, feePayer);
        assertThat(book.offers().get(0).accepts()).hasSize(7);
        assertThat(book.offers().get(1).accepts()).hasSize(5);
        assertThat(book.offers())
                .allSatisfy(offer -> assertThat(offer.accepts())
                        .allSatisfy(each -> assertThat(each.extra()).isNotEmpty()));
    }

    static PaymentRequirements withFeePayer(PaymentRequirements bare) {
        if (!bare.network().isSolana()) return bare;
        Map<String, Object> extra = new HashMap<>(bare.extra());
        extra.put("feePayer", Fixtures.SOLANA_PAY_TO);
        return new PaymentRequirements(
                bare.scheme(),
                bare.network(),
                bare.amount(),
                bare.asset(),
                bare.payTo(),
                bare.maxTimeoutSeconds(),
                extra);
    }

    @Test
    void override_replacesWhatIsBuiltIn() {
        FareboxConfig config = Fixtures.withRoot(
                """
                networks: { "eip155:31337": { v1-name: anvil }, optimism: { v1-name: optimism } }
                assets: [{ network: base, symbol: USDC, address: "%s", decimals: 8, name: Other, version: "9" }]
                """.formatted("0x7a3d05c70581bD345fe117c06e45f9669205384f"), "match: /a, price: \"$0.01\"");
        PaymentRequirements terms =
                PriceBook.from(config).offers().get(0).accepts().get(0);
        assertThat(terms.amount()).isEqualTo(1_000_000);
        assertThat(terms.extra()).isEqualTo(Map.of("name", "Other", "version", "9"));
        assertThat(PriceBook.from(config).v1Names())
                .containsEntry("anvil", NetworkTable.DEV)
                .containsEntry("optimism", new Network("eip155:10"))
                .doesNotContainKey("farebox-dev");
    }
}
