package io.farebox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What docs/gateway.md tells an API to check. */
class AssertionTest {
    private static final byte[] SECRET = "a secret of some length".getBytes(StandardCharsets.US_ASCII);

    private static byte[] mac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void assertion_isCheckedWithADerivedKey_andNotWithTheSecret() throws Exception {
        String text = new Assertion(new GateSettings.Secret(SECRET))
                .of("GET", "/weather", "id-1", Instant.ofEpochSecond(1_800_000_000));

        String[] parts = text.split("\\.");
        assertThat(parts).hasSize(3);
        byte[] mac = Base64.getUrlDecoder().decode(parts[2]);
        assertThat(mac(mac(SECRET, "farebox assertion 1"), parts[0] + '.' + parts[1]))
                .isEqualTo(mac);
        assertThat(mac(SECRET, parts[0] + '.' + parts[1])).isNotEqualTo(mac);
        assertThat(Json.readObject(Base64.getUrlDecoder().decode(parts[1])).members())
                .containsEntry("method", "GET")
                .containsEntry("path", "/weather")
                .containsEntry("payment", "id-1")
                .containsEntry("exp", 1_800_000_000L);
    }
}
