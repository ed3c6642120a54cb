package io.farebox.testkit.pay;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Pays for what it asks for, as stock clients do: sends the request, answers a 402 with a signed payment for the first option
 * it likes, and takes the second answer whatever it is. Thread-safe.
 */
public final class PayingClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Dialect dialect;
    private final PaymentSigner signer;
    private final Predicate<PaymentRequirements> likes;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private PayingClient(Dialect dialect, PaymentSigner signer, Predicate<PaymentRequirements> likes) {
        this.dialect = dialect;
        this.signer = signer;
        this.likes = likes;
    }

    /** A client of version 1. @param names version 1 names that it knows and the networks they stand for */
    public static PayingClient v1(Map<String, Network> names, PaymentSigner signer) {
        return new PayingClient(new Dialect.V1(Map.copyOf(names)), signer, option -> true);
    }

    /** A client of version 2. */
    public static PayingClient v2(PaymentSigner signer) {
        return new PayingClient(new Dialect.V2(), signer, option -> true);
    }

    /** A client that pays only for options like these. */
    public PayingClient liking(Predicate<PaymentRequirements> options) {
        return new PayingClient(dialect, signer, options);
    }

    /** Gets and, if asked to, pays. */
    public PaidExchange get(URI uri) {
        return send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build());
    }

    /** Sends and, if asked to, pays and sends again. The request's body must be repeatable. */
    public PaidExchange send(HttpRequest request) {
        HttpResponse<byte[]> first = exchange(request);
        return first.statusCode() == 402 ? sendWith(request, payment(first)) : exchanged(first, Optional.empty());
    }

    /** Sends with a payment that was made before. */
    public PaidExchange sendWith(HttpRequest request, String payment) {
        HttpRequest paid = HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader(dialect.paymentHeader(), payment)
                .build();
        return exchanged(exchange(paid), Optional.of(payment));
    }

    /** Signs a payment for a 402. @throws IllegalStateException if no option is liked */
    public String payment(HttpResponse<byte[]> challenge) {
        JsonObject terms = dialect.challenge(challenge);
        JsonObject option = terms.objects("accepts").stream()
                .filter(one -> likes.test(dialect.terms(one)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no option of the 402 is to the client's liking"));
        return dialect.payment(terms, option, signer);
    }

    /** The options of a 402. */
    public List<PaymentRequirements> options(HttpResponse<byte[]> challenge) {
        return dialect.challenge(challenge).objects("accepts").stream()
                .map(dialect::terms)
                .toList();
    }

    /** Sends as it is, without paying. */
    public HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private PaidExchange exchanged(HttpResponse<byte[]> answer, Optional<String> payment) {
        return new PaidExchange(
                answer,
                payment,
                answer.headers().firstValue(dialect.receiptHeader()).map(Base64Json::decode));
    }

    @Override
    public void close() {
        http.close();
    }
}
