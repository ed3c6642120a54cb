package io.farebox.benchmarks.load;

import io.farebox.benchmarks.Payments;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.v2.V2Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests with payments, each truly signed and good for once. Every connection has a payer of its own. */
final class PaidRequests implements Requests {
    private final String path;
    private final String url;
    private final PaymentRequirements terms;
    private final List<Payments> payers = new ArrayList<>();

    private PaidRequests(String path, String url, PaymentRequirements terms) {
        this.path = path;
        this.url = url;
        this.terms = terms;
    }

    /** Pays what the server asks for now. */
    static PaidRequests to(Child server, String publicUrl, String path) throws IOException {
        try (Connection connection = new Connection(server.port())) {
            Connection.Head challenge = connection.send(Connection.get(path));
            connection.body().skipNBytes(challenge.length());
            return new PaidRequests(path, publicUrl + path, terms(challenge));
        }
    }

    /** The first terms of a challenge. */
    static PaymentRequirements terms(Connection.Head challenge) {
        String header = challenge.headers().get("payment-required");
        if (header == null) throw new IllegalStateException("no challenge, but " + challenge.status());
        return new V2Codec()
                .requirements(Base64Json.decode(header).objects("accepts").getFirst());
    }

    @Override
    public List<byte[]> next(int connection, int count) {
        while (payers.size() <= connection) payers.add(new Payments());
        Payments payer = payers.get(connection);
        List<byte[]> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requests.add(Connection.get(path, "PAYMENT-SIGNATURE: " + payer.v2(terms, url)));
        }
        return requests;
    }
}
