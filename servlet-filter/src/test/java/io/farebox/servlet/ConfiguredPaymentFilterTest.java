package io.farebox.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.testkit.facilitator.StubFacilitator;
import jakarta.servlet.ServletException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ConfiguredPaymentFilterTest {
    @TempDir
    private Path folder;

    @Test
    void init_withFile_prices() throws Exception {
        try (StubFacilitator facilitator = StubFacilitator.start()) {
            Path file = folder.resolve("farebox.yaml");
            Files.writeString(file, """
                    public-url: https://api.example.com
                    pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                    accept: [base-sepolia/USDC]
                    facilitators:
                      - { id: stub, url: "%s" }
                    book: { url: "jdbc:h2:file:%s" }
                    routes:
                      - { id: exploits, match: "GET /exploits", price: "$0.01" }
                    """.formatted(facilitator.url(), folder.resolve("book")));
            MockFilterConfig config = new MockFilterConfig();
            config.addInitParameter("config", file.toString());
            var filter = new ConfiguredPaymentFilter();
            filter.init(config);
            assertThat(status(filter, "/exploits")).isEqualTo(402);
            assertThat(status(filter, "/health")).isEqualTo(200);
            filter.destroy();
        }
    }

    private static int status(ConfiguredPaymentFilter filter, String path) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
        return response.getStatus();
    }

    @Test
    void init_withoutFile_saysWhatToSet() {
        assertThatThrownBy(() -> new ConfiguredPaymentFilter().init(new MockFilterConfig("payments")))
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("'config'")
                .hasMessageContaining("payments");
    }
}
