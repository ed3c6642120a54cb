package io.farebox.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.farebox.gate.LocalVerifier.LocalCheck;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Eip3009SignerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.9Z");

    private final Vectors vectors = Vectors.read();
    private final Eip3009Signer signer = Eip3009Signer.of(vectors.privateKey());
    private final PaymentRequirements terms = vectors.rows().getFirst().requirements();

    @ParameterizedTest
    @MethodSource("io.farebox.chain.Vectors#allRows")
    void sign_vector_givesTheVerySameSignature(Vectors.Row row) {
        var before =
                Instant.ofEpochSecond(Long.parseLong(vectors.authorization().validBefore()));
        byte[] nonce = HexFormat.of().parseHex(vectors.authorization().nonce().substring(2));

        assertThat(signer.sign(row.requirements(), Instant.EPOCH, before, nonce))
                .isEqualTo(vectors.payload(row));
    }

    @Test
    void address_ofPublishedKey_hasItsChecksum() {
        assertThat(signer.address()).isEqualTo(vectors.address());
    }

    @Test
    void sign_terms_writesPayeeAmountAndWindow() {
        SchemePayload.Eip3009 payload = signer.sign(terms, Instant.EPOCH, NOW);

        assertThat(payload.to()).isEqualTo(terms.payTo());
        assertThat(payload.value()).isEqualTo(terms.amount());
        assertThat(payload.validAfter()).isZero();
        assertThat(payload.validBefore()).isEqualTo(BigInteger.valueOf(NOW.getEpochSecond()));
        assertThat(payload.nonce()).matches("0x[0-9a-f]{64}");
    }

    @Test
    void sign_again_takesAnotherNonce() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 100; i++)
            nonces.add(signer.sign(terms, Instant.EPOCH, NOW).nonce());

        assertThat(nonces).hasSize(100);
    }

    @Test
    void sign_manyKeys_areAllRecoveredWithLowS() {
        var verifiers =
                List.of(new Eip3009Verifier(new NativeRecovery()), new Eip3009Verifier(new BouncyCastleRecovery()));
        for (int i = 0; i < 200; i++) {
            var anyone = Eip3009Signer.random();
            var payment = Vectors.payment(anyone.sign(terms, Instant.EPOCH, NOW), terms);
            for (var verifier : verifiers) {
                assertThat(verifier.check(payment, terms))
                        .isEqualTo(new LocalCheck.Signed(anyone.address().toLowerCase(Locale.ROOT)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
                "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ffzz",
                "0x0000000000000000000000000000000000000000000000000000000000000000",
                "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
            })
    void of_notAKey_saysSoWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Eip3009Signer.of(text))
                .withMessageNotContainingAny("ac0974", "d0364141");
    }

    @Test
    void toString_namesTheAddressAndNotTheKey() {
        assertThat(signer.toString()).isEqualTo("Eip3009Signer[" + vectors.address() + "]");
        assertThat(new Secp256k1Key(BigInteger.TEN).toString()).isEqualTo("private key");
    }

    @Test
    void sign_termsWithoutDomain_isRefused() {
        var bare = Vectors.requirements("eip155:84532", "no-contract", "USDC", "2");

        assertThatIllegalArgumentException().isThrownBy(() -> signer.sign(bare, Instant.EPOCH, NOW));
    }
}
