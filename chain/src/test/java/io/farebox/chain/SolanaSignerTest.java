package io.farebox.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a transaction that {@code @x402/svm} made. */
class SolanaSignerTest {
    private static final JsonObject RECORDED = recorded();
    private static final String TRANSACTION =
            RECORDED.object("paymentPayload").object("payload").string("transaction");

    @Test
    void of_signedByTheOwnerOfTheTokens_isTheOwner() {
        assertThat(SolanaSigner.of(TRANSACTION)).contains(RECORDED.string("payer"));
    }

    // The second signature's first and last byte, a byte of the message, its last one.
    @ParameterizedTest
    @ValueSource(ints = {65, 128, 300, 495})
    void of_anyOtherByte_isNobody(int at) {
        byte[] bytes = Base64.getDecoder().decode(TRANSACTION);
        bytes[at] ^= 1;
        assertThat(SolanaSigner.of(Base64.getEncoder().encodeToString(bytes))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ==", "no base64"})
    void of_noTransaction_isNobody(String text) {
        assertThat(SolanaSigner.of(text)).isEmpty();
    }

    private static JsonObject recorded() {
        try (InputStream in = SolanaSignerTest.class.getResourceAsStream("/solana-payment.json")) {
            return Json.readObject(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
