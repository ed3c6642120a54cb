package io.farebox.servlet.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.pricing.PricingConfigException;
import io.farebox.settlement.Farebox;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class PaymentFilterAutoConfigurationTest {
    @TempDir
    private Path folder;

    @SpringBootApplication
    static class Application {
        @RestController
        static class Api {
            @GetMapping({"/exploits", "/health"})
            String exploits() {
                return "PREMIUM-CONTENT";
            }
        }
    }

    private String yaml(URI facilitator) {
        return """
                public-url: https://api.example.com
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [base-sepolia/USDC]
                facilitators:
                  - { id: stub, url: "%s" }
                book: { url: "jdbc:h2:file:%s" }
                routes:
                  - { id: exploits, match: "GET /exploits", price: "$0.01" }
                """.formatted(facilitator, folder.resolve("book"));
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=WARN"));
        all.addAll(List.of(arguments));
        return new SpringApplication(Application.class).run(all.toArray(String[]::new));
    }

    private static RawAnswer get(ConfigurableApplicationContext context, String target) throws IOException {
        String port = context.getEnvironment().getProperty("local.server.port");
        return RawHttp.get(URI.create("http://127.0.0.1:" + port), target);
    }

    @Test
    void withoutConfiguration_nothingComesIn() throws IOException {
        try (var context = run()) {
            assertThat(context.getBeansOfType(Farebox.class)).isEmpty();
            assertThat(context.containsBean(PaymentFilterAutoConfiguration.FILTER))
                    .isFalse();
            assertThat(get(context, "/exploits").status()).isEqualTo(200);
        }
    }

    @Test
    void treeInTheEnvironment_prices() throws Exception {
        try (StubFacilitator facilitator = StubFacilitator.start()) {
            Path file = folder.resolve("application.yml");
            Files.writeString(file, "farebox:\n" + yaml(facilitator.url()).indent(2));
            try (var context = run("--spring.config.location=file:" + file)) {
                requirePriced(context);
                var registration = context.getBean(PaymentFilterAutoConfiguration.FILTER, FilterRegistrationBean.class);
                assertThat(registration.getOrder()).isGreaterThan(-100);
            }
        }
    }

    @Test
    void file_prices() throws Exception {
        try (StubFacilitator facilitator = StubFacilitator.start()) {
            Path file = folder.resolve("farebox.yaml");
            Files.writeString(file, yaml(facilitator.url()));
            try (var context = run("--farebox.config=" + file)) {
                requirePriced(context);
            }
        }
    }

    private static void requirePriced(ConfigurableApplicationContext context) throws IOException {
        RawAnswer answer = get(context, "/exploits");
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.body()).contains("\"maxAmountRequired\":\"10000\"").doesNotContain("PREMIUM");
        assertThat(get(context, "/health").body()).isEqualTo("PREMIUM-CONTENT");
    }

    @Test
    void wrongConfiguration_doesNotStart() throws Exception {
        Path file = folder.resolve("farebox.yaml");
        Files.writeString(file, yaml(URI.create("http://127.0.0.1:9")).replace("$0.01", "0.01"));
        assertThatThrownBy(() -> run("--farebox.config=" + file))
                .hasRootCauseInstanceOf(PricingConfigException.class)
                .rootCause()
                .hasMessageContaining("farebox.yaml");
    }
}
