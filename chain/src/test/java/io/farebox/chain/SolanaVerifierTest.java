package io.farebox.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.LocalVerifier.LocalCheck;
import io.farebox.testkit.solana.SolanaDraft;
import io.farebox.testkit.solana.SolanaWallet;
import io.farebox.x402.Base58;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a Solana payment is known to be wrong before anybody is asked. */
class SolanaVerifierTest {
    private static final String MINT = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
    private static final String BUDGET = "ComputeBudget111111111111111111111111111111";
    private static final long AMOUNT = 10_000;

    private final SolanaVerifier verifier = new SolanaVerifier();
    private final SolanaWallet feePayer = SolanaWallet.create();
    private final SolanaWallet payer = SolanaWallet.create();
    private final String payee = SolanaWallet.create().address();
    private final String purse = SolanaWallet.create().address();
    private final PaymentRequirements terms = new PaymentRequirements(
            "exact",
            new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1"),
            BigInteger.valueOf(AMOUNT),
            MINT,
            payee,
            60,
            Map.of("feePayer", feePayer.address()));

    private String till(String program) {
        return SolanaAddress.ofTokens(payee, program, MINT).orElseThrow();
    }

    private static byte[] budget(int kind, int length, long value) {
        ByteBuffer data = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
        data.put((byte) kind).putLong(value);
        return Arrays.copyOf(data.array(), length);
    }

    private SolanaDraft begun() {
        return new SolanaDraft(feePayer).call(BUDGET, budget(2, 5, 20_000)).call(BUDGET, budget(3, 9, 1));
    }

    private SolanaDraft paying() {
        return begun().transfer(SolanaDraft.TOKEN, purse, MINT, till(SolanaDraft.TOKEN), payer, AMOUNT);
    }

    private LocalCheck check(SolanaDraft draft) {
        return verifier.check(draft.withoutFeePayer(), terms);
    }

    private void assertForged(SolanaDraft draft, String reason) {
        assertThat(check(draft)).isEqualTo(new LocalCheck.Forged("invalid_exact_svm_" + reason));
    }

    private LocalCheck passed() {
        return new LocalCheck.Undecidable(payer.address());
    }

    @Test
    void asPrescribed_isLeftToTheFacilitatorWithItsSigner() {
        assertThat(check(paying())).isEqualTo(passed());
        assertThat(check(paying().memo("a").memo("b").memo("c").memo("d"))).isEqualTo(passed());
        String other = till(SolanaDraft.TOKEN_2022);
        assertThat(other).isNotEqualTo(till(SolanaDraft.TOKEN));
        assertThat(check(begun().transfer(SolanaDraft.TOKEN_2022, purse, MINT, other, payer, AMOUNT)))
                .isEqualTo(passed());
    }

    @Test
    void paymentOfAStockClient_isAsPrescribed() {
        JsonObject made = recorded();
        JsonObject accepted = made.object("paymentRequired").objects("accepts").getFirst();
        var asked = new PaymentRequirements(
                "exact",
                new Network(accepted.string("network")),
                new BigInteger(accepted.string("amount")),
                accepted.string("asset"),
                accepted.string("payTo"),
                60,
                accepted.object("extra").members());
        String transaction = made.object("paymentPayload").object("payload").string("transaction");
        assertThat(verifier.check(transaction, asked)).isEqualTo(new LocalCheck.Undecidable(made.string("payer")));
    }

    private static JsonObject recorded() {
        try (InputStream in = SolanaVerifierTest.class.getResourceAsStream("/solana-payment.json")) {
            return Json.readObject(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ==", "no base64"})
    void noTransaction_isForged(String text) {
        assertThat(verifier.check(text, terms))
                .isEqualTo(new LocalCheck.Forged("invalid_exact_svm_payload_transaction_could_not_be_decoded"));
    }

    @Test
    void otherForm_isForged() {
        String length = "payload_transaction_instructions_length";
        assertForged(begun(), length);
        assertForged(paying().memo("a").memo("b").memo("c").memo("d").memo("e"), length);
        String limit = "payload_transaction_instructions_compute_limit_instruction";
        assertForged(new SolanaDraft(feePayer).memo("a").memo("b").memo("c"), limit);
        assertForged(
                new SolanaDraft(feePayer)
                        .call(BUDGET, budget(2, 9, 1))
                        .memo("b")
                        .memo("c"),
                limit);
        String price = "payload_transaction_instructions_compute_price_instruction";
        SolanaDraft limited = new SolanaDraft(feePayer).call(BUDGET, budget(2, 5, 1));
        assertForged(limited.memo("b").memo("c"), price);
        for (long tooHigh : new long[] {5_000_001, Long.MAX_VALUE, -1})
            assertForged(
                    new SolanaDraft(feePayer)
                            .call(BUDGET, budget(2, 5, 1))
                            .call(BUDGET, budget(3, 9, tooHigh))
                            .memo("c"),
                    price + "_too_high");
        assertForged(paying().call(BUDGET, budget(2, 5, 1)), "payload_unknown_fourth_instruction");
        assertForged(paying().memo("a").call(purse, new byte[1]), "payload_unknown_fifth_instruction");
    }

    @Test
    void otherTransfer_isForged() {
        String till = till(SolanaDraft.TOKEN);
        assertForged(begun().memo("no transfer"), "payload_no_transfer_instruction");
        assertForged(
                begun().call(SolanaDraft.plainTransfer(purse, till, payer.address(), AMOUNT))
                        .signedBy(payer),
                "payload_no_transfer_instruction");
        String fake = SolanaWallet.create().address();
        assertForged(begun().transfer(SolanaDraft.TOKEN, purse, fake, till, payer, AMOUNT), "payload_mint_mismatch");
        for (String wrong : new String[] {payee, purse, till(SolanaDraft.TOKEN_2022)})
            assertForged(
                    begun().transfer(SolanaDraft.TOKEN, fake, MINT, wrong, payer, AMOUNT),
                    "payload_recipient_mismatch");
        for (long wrong : new long[] {AMOUNT - 1, AMOUNT + 1, 0, -1})
            assertForged(
                    begun().transfer(SolanaDraft.TOKEN, purse, MINT, till, payer, wrong), "payload_amount_mismatch");
        assertForged(
                begun().transfer(SolanaDraft.TOKEN, purse, MINT, till, feePayer, AMOUNT),
                "payload_transaction_fee_payer_transferring_funds");
    }

    @Test
    void otherFeePayer_isForged() {
        SolanaDraft own = new SolanaDraft(payer)
                .call(BUDGET, budget(2, 5, 20_000))
                .call(BUDGET, budget(3, 9, 1))
                .transfer(SolanaDraft.TOKEN, purse, MINT, till(SolanaDraft.TOKEN), payer, AMOUNT);
        assertForged(own, "fee_payer_mismatch");
    }

    @Test
    void signatureOfSomethingElse_isForged() {
        byte[] bytes = Base64.getDecoder().decode(paying().withoutFeePayer());
        bytes[65] ^= 1;
        assertThat(verifier.check(Base64.getEncoder().encodeToString(bytes), terms))
                .isEqualTo(new LocalCheck.Forged("invalid_exact_svm_payload_signature_invalid"));
    }

    @Test
    void changedBytes_neverThrow() {
        byte[] right = Base64.getDecoder().decode(paying().memo("a").withoutFeePayer());
        Random random = new Random(402);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = right.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            assertThat(verifier.check(Base64.getEncoder().encodeToString(bytes), terms))
                    .isNotNull();
        }
    }

    @Test
    void programsAddresses_areOffTheCurveAndWallets_areOnIt() {
        assertThat(SolanaAddress.isOnCurve(Base58.decode(payee, 32).orElseThrow()))
                .isTrue();
        assertThat(SolanaAddress.isOnCurve(
                        Base58.decode(till(SolanaDraft.TOKEN), 32).orElseThrow()))
                .isFalse();
        assertThat(SolanaAddress.ofTokens("no address", SolanaDraft.TOKEN, MINT))
                .isEmpty();
    }
}
