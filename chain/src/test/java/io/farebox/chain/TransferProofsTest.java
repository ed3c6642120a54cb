package io.farebox.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.farebox.x402.Network;
import io.farebox.x402.SchemePayload.TransferProof;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferProofsTest {
    private static final Network BASE = new Network("eip155:8453");
    private static final String TX = "0x" + "7a".repeat(32);
    private static final String CHALLENGE = "c1.1763766000.AAAAAAAAAAAAAAAAAAAAAA.19a0000000012.BBBBBBBBBBBBBBBBBBBBBB";

    private final TransferProofs proofs = TransferProofs.create();
    private final Eip3009Signer payer = Eip3009Signer.random();

    private byte[] digest(String form) {
        return proofs.digest(BASE, TX, new TransferProof(form, CHALLENGE, "", null))
                .orElseThrow();
    }

    /** As viem 2.54.6 hashes them. */
    @Test
    void statements_areWhatOthersHash() {
        assertThat(Hex.encode(digest("eip712")))
                .isEqualTo("0x92fd8cad856cd61de211fe306cc24309d972e84742c68842081666b5c8fbb06c");
        assertThat(TransferProofs.text(BASE, TX, CHALLENGE))
                .isEqualTo("Farebox transfer proof\neip155:8453\n" + TX + "\n" + CHALLENGE);
        assertThat(Hex.encode(digest("eip191")))
                .isEqualTo("0xfb3bd0432f89b790f6959016e56661304ba958ae2d141d964e273e4460f869c6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eip712", "eip191"})
    void signed_isByItsSigner_forThisStatementAlone(String form) {
        String signature = payer.prove(form, BASE, TX, CHALLENGE).signature();
        String signer = payer.address().toLowerCase(Locale.ROOT);
        assertThat(proofs.signer(digest(form), signature)).contains(signer);
        for (byte[] other : new byte[][] {
            digest(form.equals("eip712") ? "eip191" : "eip712"),
            proofs.digest(new Network("eip155:1"), TX, new TransferProof(form, CHALLENGE, "", null))
                    .orElseThrow(),
            proofs.digest(BASE, TX, new TransferProof(form, CHALLENGE + "x", "", null))
                    .orElseThrow(),
            proofs.digest(BASE, "0x" + "7b".repeat(32), new TransferProof(form, CHALLENGE, "", null))
                    .orElseThrow()
        }) {
            assertThat(proofs.signer(other, signature)).isNotEqualTo(Optional.of(signer));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0x11", "11", "", "0xzz"})
    void noSignature_isNobodys(String text) {
        assertThat(proofs.signer(digest("eip191"), text)).isEmpty();
        assertThat(proofs.signer(digest("eip191"), "0x" + "00".repeat(65))).isEmpty();
        assertThat(proofs.signer(digest("eip191"), "0x" + "11".repeat(66))).isEmpty();
    }

    @Test
    void highTwin_isNobodys() {
        String signature = payer.prove("eip191", BASE, TX, CHALLENGE).signature();
        var s = new BigInteger(signature.substring(66, 130), 16);
        String twin = signature.substring(0, 66)
                + "%064x".formatted(Secp256k1Order.N.subtract(s))
                + (signature.endsWith("1b") ? "1c" : "1b");
        assertThat(proofs.signer(digest("eip191"), twin)).isEmpty();
    }

    @Test
    void unknownForm_hasNoDigest() {
        assertThat(proofs.digest(BASE, TX, new TransferProof("eip1", CHALLENGE, "", null)))
                .isEmpty();
        assertThat(proofs.digest(new Network("solana:abc"), TX, new TransferProof("eip191", CHALLENGE, "", null)))
                .isEmpty();
        assertThat(proofs.digest(BASE, "0x12", new TransferProof("eip191", CHALLENGE, "", null)))
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> payer.prove("eip1", BASE, TX, CHALLENGE));
    }
}
