package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://rpc.example/topsecret",
                "ftp://localhost/topsecret",
                "https:///topsecret",
                "https://u:p@rpc.example/topsecret",
                "topsecret",
                "https://rpc.example/top secret"
            })
    void unusableUrl_refusedWithoutShowingIt(String url) {
        assertThatThrownBy(() -> new ChainSettings(List.of("https://rpc.example/", url), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RPC URL 2")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://rpc.example/key?a=b", "http://127.0.0.1:8545", "http://localhost:1/", "http://[::1]:1/"
            })
    void usableUrl_takenAndHidden(String url) {
        ChainSettings settings = new ChainSettings(List.of(url), 1);

        assertThat(settings.rpcUrls()).containsExactly(url);
        assertThat(settings.toString()).doesNotContain("://");
    }

    @Test
    void noConfirmations_refused() {
        assertThatThrownBy(() -> new ChainSettings(List.of(), 0)).hasMessageContaining("at least 1");
    }
}
