package io.farebox.interop;

import io.farebox.chain.Eip3009Signer;
import io.farebox.chain.TransferProofs;
import io.farebox.x402.Network;
import io.farebox.x402.SchemePayload.TransferProof;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A client that knows nothing of x402: it reads {@code paymentOptions}, transfers, and shows the transfer. */
final class TransferClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI resource;
    private final String chain;
    private final Network network;

    /** @param chain what it calls the network */
    TransferClient(URI resource, String chain, Network network) {
        this.resource = resource;
        this.chain = chain;
        this.network = network;
    }

    /** An answer. @param reason the error of the body, or an empty text */
    record Answer(int status, String reason, HttpResponse<String> whole) {
        JsonObject receipt() {
            return Base64Json.decode(
                    whole.headers().firstValue("PAYMENT-RESPONSE").orElseThrow());
        }
    }

    /** What the 402 says of transfers. */
    JsonObject option() {
        JsonObject body = Json.readObject(send().whole().body());
        return body.objects("paymentOptions").stream()
                .filter(option -> option.string("type").equals("direct_transfer"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no transfers are offered: " + body));
    }

    String challenge() {
        return option().string("challenge");
    }

    /** A proof of a new challenge by a plain account. */
    String proof(Eip3009Signer payer, String form, String transaction) {
        TransferProof proof = payer.prove(form, network, transaction, challenge());
        return proof.form() + " " + proof.challenge() + " " + proof.signature();
    }

    /** Shows a transfer with a new proof. */
    Answer show(Eip3009Signer payer, String transaction) {
        return show(transaction, chain, proof(payer, TransferProofs.EIP712, transaction));
    }

    Answer show(String transaction, String where, String proof) {
        return send("X-PAYMENT-TX", transaction, "X-PAYMENT-CHAIN", where, "X-PAYMENT-PROOF", proof);
    }

    /** Shows a transfer that nobody signs for. */
    Answer showUnproven(String transaction) {
        return send("X-PAYMENT-TX", transaction, "X-PAYMENT-CHAIN", chain);
    }

    Answer send(String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(resource);
        if (headers.length > 0) request.headers(headers);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String reason = answer.statusCode() < 400 || !answer.body().startsWith("{")
                    ? ""
                    : Json.readObject(answer.body()).string("error");
            return new Answer(answer.statusCode(), reason, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
