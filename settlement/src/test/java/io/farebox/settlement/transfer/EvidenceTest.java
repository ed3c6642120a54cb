package io.farebox.settlement.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.lookup.TransferSight;
import io.farebox.chain.lookup.TransferSight.Mined;
import io.farebox.chain.lookup.TransferSight.Moved;
import io.farebox.chain.lookup.TransferSight.Used;
import io.farebox.gate.Account;
import io.farebox.gate.Deposit;
import io.farebox.gate.TransferReasons;
import io.farebox.settlement.transfer.Evidence.Finding;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final Network BASE = new Network("eip155:8453");
    private static final String TX = "0x" + "7a".repeat(32);
    private static final String ASSET = "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913";
    private static final String PAYEE = "0x209693bc6afc0c5328ba36faf03c514ef312287c";
    private static final String PAYER = "0x" + "ab".repeat(20);
    private static final String OTHER = "0x" + "cd".repeat(20);
    private static final PaymentRequirements ASKED = new PaymentRequirements(
            "transfer",
            BASE,
            BigInteger.valueOf(100),
            "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
            "0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
            116,
            Map.of());

    private static Moved moved(long index, String emitter, String from, String to, long value) {
        return new Moved(index, emitter, from, to, BigInteger.valueOf(value));
    }

    private static Finding find(@Nullable String sender, List<Used> used, Moved... transfers) {
        return new Evidence(ASKED, BigInteger.valueOf(50), TX)
                .of(new Mined(Instant.EPOCH, List.of(transfers), used), new Whose(sender, null));
    }

    private static Finding find(Moved... transfers) {
        return find(PAYER, List.of(), transfers);
    }

    private static Finding not(String reason) {
        return new Finding.Not(reason);
    }

    private static Deposit deposit(long index, long value) {
        return new Deposit(TX, index, BigInteger.valueOf(value));
    }

    @Test
    void payersTransfersToUs_countEachByItself() {
        Finding.Paid paid = (Finding.Paid) find(
                moved(1, ASSET, PAYER, PAYEE, 49),
                moved(2, ASSET, PAYER, PAYEE, 50),
                moved(3, ASSET, OTHER, PAYEE, 1_000),
                moved(4, ASSET, PAYER, OTHER, 1_000),
                moved(5, OTHER, PAYER, PAYEE, 1_000),
                moved(6, ASSET, PAYER, PAYEE, 70));
        assertThat(paid.account().payer()).isEqualTo(PAYER);
        assertThat(paid.deposits()).containsExactly(deposit(2, 50), deposit(6, 70));
        assertThat(paid.authorizations()).isEmpty();
    }

    @Test
    void twoHalves_areNotAWhole() {
        assertThat(find(moved(1, ASSET, PAYER, PAYEE, 30), moved(2, ASSET, PAYER, PAYEE, 30)))
                .isEqualTo(not(TransferReasons.UNDERPAID));
    }

    @Test
    void anythingElse_isRefusedByName() {
        assertThat(find()).isEqualTo(not(TransferReasons.WRONG_ASSET));
        assertThat(find(moved(1, OTHER, PAYER, PAYEE, 100))).isEqualTo(not(TransferReasons.WRONG_ASSET));
        assertThat(find(moved(1, ASSET, PAYER, OTHER, 100))).isEqualTo(not(TransferReasons.WRONG_PAYEE));
        assertThat(find(moved(1, ASSET, OTHER, PAYEE, 100))).isEqualTo(not(TransferReasons.WRONG_PAYER));
    }

    @Test
    void newCoinsAndOwnTransfers_areNobodys() {
        String nobody = "0x" + "0".repeat(40);
        for (String sender : new String[] {null, nobody, PAYEE}) {
            assertThat(find(sender, List.of(), moved(1, ASSET, nobody, PAYEE, 100), moved(2, ASSET, PAYEE, PAYEE, 100)))
                    .isEqualTo(not(TransferReasons.WRONG_PAYER));
        }
    }

    @Test
    void withoutASignature_theFirstWhoPaidEnoughIsThePayer() {
        Finding.Paid paid = (Finding.Paid) find(
                null,
                List.of(),
                moved(1, ASSET, OTHER, PAYEE, 49),
                moved(2, ASSET, PAYER, PAYEE, 100),
                moved(3, ASSET, OTHER, PAYEE, 100));
        assertThat(paid.account().payer()).isEqualTo(PAYER);
        assertThat(paid.deposits()).containsExactly(deposit(2, 100));
    }

    @Test
    void authorizationsOfThePayer_areNamed() {
        String nonce = "0x" + "11".repeat(32);
        Finding.Paid paid = (Finding.Paid) find(
                PAYER,
                List.of(new Used(ASSET, PAYER, nonce), new Used(ASSET, OTHER, nonce), new Used(OTHER, PAYER, nonce)),
                moved(2, ASSET, PAYER, PAYEE, 100));
        assertThat(paid.authorizations())
                .containsExactly("evm3009:eip155:8453:%s:%s:%s".formatted(ASSET, PAYER, nonce));
    }

    private static final Network DEVNET = new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
    private static final PaymentRequirements ON_SOLANA =
            new PaymentRequirements("transfer", DEVNET, BigInteger.valueOf(100), "MintA", "Payee", 116, Map.of());

    private static Finding onSolana(Whose whose, Moved... transfers) {
        var message = new TransferSight.Message("ab12", Set.of("farebox:1"));
        return new Evidence(ON_SOLANA, BigInteger.valueOf(50), "Sig")
                .of(new Mined(Instant.EPOCH, List.of(transfers), List.of(), message), whose);
    }

    @Test
    void onSolana_addressesAreComparedAsTheyStand() {
        Whose payer = Whose.of("Payer");
        Finding.Paid paid = (Finding.Paid) onSolana(payer, moved(3, "MintA", "Payer", "Payee", 100));
        assertThat(paid.account()).isEqualTo(new Account(DEVNET, "MintA", "Payee", "Payer"));
        assertThat(paid.deposits()).containsExactly(new Deposit("Sig", 3, BigInteger.valueOf(100)));
        assertThat(paid.authorizations()).containsExactly("svm:" + DEVNET + ":ab12");
        assertThat(onSolana(payer, moved(3, "minta", "Payer", "Payee", 100)))
                .isEqualTo(not(TransferReasons.WRONG_ASSET));
        assertThat(onSolana(payer, moved(3, "MintA", "Payer", "payee", 100)))
                .isEqualTo(not(TransferReasons.WRONG_PAYEE));
        assertThat(onSolana(payer, moved(3, "MintA", "payer", "Payee", 100)))
                .isEqualTo(not(TransferReasons.WRONG_PAYER));
        assertThat(onSolana(Whose.of("Payee"), moved(3, "MintA", "Payee", "Payee", 100)))
                .isEqualTo(not(TransferReasons.WRONG_PAYER));
    }

    @Test
    void noted_countsForTheOnePayer() {
        Moved ours = moved(3, "MintA", "Payer", "Payee", 100);
        assertThat(onSolana(Whose.whoNoted("farebox:1"), ours)).isInstanceOf(Finding.Paid.class);
        assertThat(onSolana(Whose.whoNoted("farebox:2"), ours)).isEqualTo(not(TransferReasons.PROOF_INVALID));
        assertThat(onSolana(Whose.whoNoted("farebox:1"), ours, moved(4, "MintA", "Other", "Payee", 100)))
                .isEqualTo(not(TransferReasons.WRONG_PAYER));
        assertThat(find(null, List.of(), moved(1, ASSET, PAYER, PAYEE, 100))).isInstanceOf(Finding.Paid.class);
    }
}
