package io.farebox.sample;

import io.farebox.chain.Eip3009Signer;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The whole of an x402 version 2 client: read the challenge, sign one of its offers, repeat the request. Pays with a fresh
 * key each time, which only the dev facilitator's play money covers. Tells each step.
 */
final class PayingClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final V2Codec codec = new V2Codec();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Eip3009Signer wallet = Eip3009Signer.random();
    private final PrintStream out;

    PayingClient(PrintStream out) {
        this.out = out;
    }

    /** Whether the resource answered in the end. */
    boolean request(String method, URI url, String body) throws IOException {
        out.println("> " + method + " " + url);
        HttpResponse<String> first = send(method, url, body, "");
        out.println("< " + first.statusCode());
        if (first.statusCode() != 402) {
            out.println(first.body());
            return first.statusCode() < 400;
        }
        String header = first.headers().firstValue(V2Codec.CHALLENGE_HEADER).orElseThrow();
        JsonObject challenge = Base64Json.decode(header);
        PaymentRequirements offer =
                codec.requirements(challenge.objects("accepts").getFirst());
        out.println("  asked for " + Json.readObject(first.body()).string("price") + ": " + offer.amount()
                + " atomic units of " + offer.extra().get("name") + " on " + offer.network() + ", by the header "
                + V2Codec.CHALLENGE_HEADER);
        out.println("> the same again, with a payment signed by " + wallet.address());
        HttpResponse<String> second = send(method, url, body, payment(challenge, offer));
        out.println("< " + second.statusCode());
        out.println(second.headers()
                .firstValue(codec.receiptHeader())
                .map(receipt ->
                        "  receipt " + Json.write(Base64Json.decode(receipt).members()))
                .orElse("  no receipt: not charged"));
        out.println(second.body());
        return second.statusCode() < 400;
    }

    private String payment(JsonObject challenge, PaymentRequirements offer) {
        JsonObject resource = challenge.object("resource");
        PaymentPayload payment = new PaymentPayload(
                2,
                offer.scheme(),
                offer.network(),
                offer,
                wallet.sign(offer, Instant.EPOCH, Instant.now().plusSeconds(offer.maxTimeoutSeconds())),
                null,
                Map.of());
        FacilitatorRequest paid =
                new FacilitatorRequest(payment, offer, new ResourceInfo(resource.string("url"), "", ""));
        return Base64Json.encode(Json.write(codec.write(paid, 2)));
    }

    private HttpResponse<String> send(String method, URI url, String body, String payment) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) request.header("Content-Type", "application/json");
        if (!payment.isEmpty()) request.header(codec.paymentHeader(), payment);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
