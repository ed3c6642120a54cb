package io.farebox.replicas;

import io.farebox.x402.json.Base64Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Sends requests over HTTP/1.1. Thread-safe. */
final class Shopper implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /**
     * What came back.
     *
     * @param transaction of the receipt, if there is one that tells of a success
     */
    record Answer(int status, boolean asksAgain, Optional<String> transaction, String body) {
        static Answer of(HttpResponse<byte[]> answer) {
            Optional<String> transaction = answer.headers()
                    .firstValue("PAYMENT-RESPONSE")
                    .or(() -> answer.headers().firstValue("X-PAYMENT-RESPONSE"))
                    .map(Base64Json::decode)
                    .filter(receipt -> receipt.bool("success"))
                    .map(receipt -> receipt.string("transaction"));
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("PAYMENT-REQUIRED").isPresent(),
                    transaction,
                    new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** @throws IOException also when nothing is asked for */
    Payer.Challenge ask(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 402) throw new IOException("asked for nothing: " + answer.statusCode());
        return Payer.Challenge.of(answer);
    }

    /** @throws IOException also when nothing came for as long as the client has patience; then it hangs up */
    Answer pay(URI url, Spelling.Header payment, Duration patience) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(patience)
                .header(payment.name(), payment.value())
                .build();
        return Answer.of(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
