package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.ledger.BookOpenException;
import io.farebox.pricing.ConfigReader;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.RedisServer;
import io.farebox.servers.SharedPostgres;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void claims_areKeptInRedis(@TempDir Path folder) {
        String url = "jdbc:h2:file:" + folder.resolve("book");
        try (RedisServer redis = new RedisServer(List.of())) {
            OpenBook book = open(url, "claims: { url: \"" + redis.url() + "\", prefix: staging }");
            book.close().run();
            assertThat(redis.run("EXISTS staging:1:epoch")).isEqualTo(":1");

            redis.stop();
            assertThatExceptionOfType(BookOpenException.class)
                    .isThrownBy(() -> open(url, "claims: { url: \"" + redis.url() + "\" }"))
                    .withMessageContaining("claims.url");
        }
        // The one that was refused has let go of its file.
        assertThat(isShared(url)).isFalse();
    }

    private static boolean isShared(String url) {
        OpenBook book = open(url, "");
        try {
            assertThat(book.payments().find("nothing")).isEmpty();
            return book.replicas().shared();
        } finally {
            book.close().run();
        }
    }

    private static OpenBook open(String url, String claims) {
        String yaml = """
                public-url: https://api.example.com
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [farebox-dev/USDC]
                facilitators: [{ id: dev, type: dev }]
                routes: [{ id: weather, match: "/weather", price: "$0.01" }]
                book: { url: "%s" }
                %s
                """.formatted(url, claims);
        return OpenBook.of(ConfigReader.ofProcess().readYaml("farebox.yaml", yaml));
    }
}
