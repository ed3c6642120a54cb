package io.farebox.testkit.pay;

import io.farebox.x402.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * What became of a request.
 *
 * @param answer the last one
 * @param payment the header value that was paid with; empty if nothing was asked for
 * @param receipt what the answer's receipt header says; empty if it has none
 */
public record PaidExchange(HttpResponse<byte[]> answer, Optional<String> payment, Optional<JsonObject> receipt) {
    public int status() {
        return answer.statusCode();
    }
}
