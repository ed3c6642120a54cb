package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.pricing.ConfigReader;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which book a URL opens, and whether others may share it. */
@ExtendWith(SharedPostgres.class)
final class OpenBookTest {
    @Test
    void bookOnPostgres_mayHaveReplicas(PostgresServer server) {
        assertThat(isShared(server.newDatabase())).isTrue();
    }

    @Test
    void bookOnH2_hasNone(@TempDir Path folder) {
        assertThat(isShared("jdbc:h2:file:" + folder.resolve("book"))).isFalse();
    }

    private static boolean isShared(String url) {
        String yaml = """
                public-url: https://api.example.com
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [farebox-dev/USDC]
                facilitators: [{ id: dev, type: dev }]
                routes: [{ id: weather, match: "/weather", price: "$0.01" }]
                book: { url: "%s" }
                """.formatted(url);
        OpenBook book = OpenBook.of(ConfigReader.ofProcess().readYaml("farebox.yaml", yaml));
        try {
            assertThat(book.payments().find("nothing")).isEmpty();
            return book.replicas().shared();
        } finally {
            book.close().run();
        }
    }
}
