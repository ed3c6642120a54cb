package io.farebox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Catalogue;
import io.farebox.gate.Mode;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class ManifestTest {
    @Test
    void manifest_isThereWithoutARoute() throws IOException {
        try (GateFixture fixture = new GateFixture(Mode.ENFORCE);
                ConfigurableApplicationContext gateway =
                        TestGateway.run(TestGateway.Gateway.class, fixture.gate(), List.of())) {
            var answer = RawHttp.get(TestGateway.base(gateway), Catalogue.PATH);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("https://api.example.com/paid/:what");
            assertThat(RawHttp.get(TestGateway.base(gateway), "/.well-known/x402/more")
                            .status())
                    .isEqualTo(404);
        }
    }
}
