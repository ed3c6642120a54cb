package io.farebox.sample;

import io.farebox.chain.Eip3009Signer;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.pay.PaidExchange;
import io.farebox.testkit.pay.PayingClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A price list for the sample in front of a scripted facilitator, and clients that behave as stock ones do. */
final class Bench {
    private Bench() {}

    static final String WEATHER = "/api/weather/oslo";

    /** Writes the price list. Short deadlines, so that a hanging facilitator does not hold a test for long. */
    static Path priceList(Path folder, StubFacilitator facilitator) {
        return priceList(folder, List.of(facilitator.url()));
    }

    /** The same with several facilitators, in order of priority. */
    static Path priceList(Path folder, List<URI> facilitators) {
        String all = IntStream.range(0, facilitators.size())
                .mapToObj(i ->
                        "  - { id: stub%d, url: \"%s\", connect-timeout: 1s, verify-timeout: 2s, settle-timeout: 2s }"
                                .formatted(i, facilitators.get(i)))
                .collect(Collectors.joining("\n"));
        String yaml = """
                public-url: http://localhost
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [base-sepolia/USDC]
                settle-wait: 1s
                facilitators:
                %s
                book: { url: "jdbc:h2:file:%s" }
                routes:
                  - { id: health, match: "GET /api/health", free: true }
                  - { id: weather, match: "GET /api/weather/{city}", price: "$0.01" }
                  - { id: slow, match: "GET /api/weather/{city}/model-run", price: "$0.01" }
                  - { id: stream, match: "GET /api/weather/{city}/stream", price: "$0.01" }
                """.formatted(all, book(folder));
        try {
            return Files.writeString(folder.resolve("farebox.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path book(Path folder) {
        return folder.resolve("book");
    }

    static PayingClient client() {
        Eip3009Signer wallet = Eip3009Signer.random();
        return PayingClient.v2(
                terms -> wallet.sign(terms, Instant.EPOCH, Instant.now().plusSeconds(terms.maxTimeoutSeconds())));
    }

    /** Starts again and signs anew after whatever goes wrong, until it is served or out of patience. */
    static PaidExchange naively(PayingClient client, URI url, Duration patience) {
        Instant end = Instant.now().plus(patience);
        PaidExchange last = null;
        while (Instant.now().isBefore(end)) {
            try {
                last = client.get(url);
                if (last.status() == 200) return last;
            } catch (UncheckedIOException e) {
                // A client that starts again does not ask why.
            }
            await(Duration.ofMillis(300));
        }
        throw new AssertionError("not served within " + patience + "; the last answer was "
                + (last == null
                        ? "none"
                        : last.status() + " " + new String(last.answer().body())));
    }

    static void await(Duration duration) {
        java.util.concurrent.locks.LockSupport.parkNanos(duration.toNanos());
    }

    static List<String> arguments(int port, Path priceList) {
        return List.of(
                "--server.port=" + port,
                "--farebox.config=" + priceList,
                "--spring.profiles.active=quiet",
                "--server.address=127.0.0.1");
    }
}
