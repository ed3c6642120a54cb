package io.farebox.settlement.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FacilitatorSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "http://facilitator.example.com, plain http",
        "http://10.0.0.7:8080, plain http",
        "http://169.254.169.254/latest, plain http",
        "http://127.0.0.1.example.com, plain http",
        "https://user:secret@facilitator.example.com, credentials",
        "file:///etc/passwd, no host",
        "ftp://facilitator.example.com, neither https nor http",
        "https://facilitator.example.com?key=secret, query",
        "https://facilitator.example.com#secret, fragment",
        "facilitator.example.com, no host"
    })
    void url_thatMayNotBeCalled_isRefusedWithoutBeingQuoted(String url, String why) {
        assertThatThrownBy(() -> FacilitatorSettings.of("payai", URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("facilitator payai")
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://facilitator.example.com",
                "https://facilitator.example.com/",
                "https://facilitator.example.com///"
            })
    void url_withSlashesAtItsEnd_losesThem(String url) {
        assertThat(FacilitatorSettings.of("payai", URI.create(url)).endpoint("verify"))
                .hasToString("https://facilitator.example.com/verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:4020", "http://localhost:4020", "http://[::1]:4020"})
    void url_plainOnLoopback_isAllowed(String url) {
        assertThat(FacilitatorSettings.of("dev", URI.create(url)).endpoint("settle"))
                .hasToString(url + "/settle");
    }

    @Test
    void toString_withCredentials_hidesThem() {
        FacilitatorSettings settings = FacilitatorSettings.of("payai", URI.create("https://facilitator.example.com"))
                .withAuth(FacilitatorAuth.bearer("top-secret"));
        assertThat(settings.toString()).doesNotContain("top-secret");
    }
}
