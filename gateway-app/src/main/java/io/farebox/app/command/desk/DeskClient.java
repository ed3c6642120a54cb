package io.farebox.app.command.desk;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Asks the operator's API of a gateway. Used by one thread. */
public final class DeskClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGEST = 16 * 1024 * 1024;

    private final DeskAddress address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxySelector.of(null))
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public DeskClient(DeskAddress address) {
        this.address = address;
    }

    /**
     * @param target below {@code /farebox/}, ready for a URL
     * @throws DeskException if there is no such answer
     */
    public JsonObject get(String target) {
        return send(request(target).GET().build());
    }

    /** As {@link #get}, with something to do. */
    public JsonObject post(String target, Map<String, Object> body) {
        return send(request(target)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(address.base() + "/farebox/" + target))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + address.credential());
    }

    private JsonObject send(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            return read(response.statusCode(), body(response));
        } catch (IOException e) {
            throw new DeskException("The gateway's management port does not answer at " + address.base()
                    + ". Is it running there? --url names another place.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeskException("Interrupted.");
        }
    }

    private static byte[] body(HttpResponse<InputStream> response) throws IOException {
        try (InputStream in = response.body()) {
            return in.readNBytes(LARGEST);
        }
    }

    private JsonObject read(int status, byte[] body) {
        JsonObject json = json(status, body);
        if (status == 200) return json;
        String message = json.stringOrNull("message");
        throw switch (status) {
            case 401 ->
                new DeskException("The gateway does not know this credential: see " + DeskAddress.CREDENTIAL + ".");
            case 404 ->
                "no_such_payment".equals(json.stringOrNull("error"))
                        ? new DeskException(String.valueOf(message))
                        : noApi();
            default ->
                new DeskException("The gateway says: " + (message == null ? "status " + status : message) + more(json));
        };
    }

    private static String more(JsonObject json) {
        String transaction = json.stringOrNull("transaction");
        return transaction == null ? "" : " Transaction: " + transaction;
    }

    private JsonObject json(int status, byte[] body) {
        try {
            return Json.readObject(body);
        } catch (JsonFormatException e) {
            if (status == 404) throw noApi();
            throw new DeskException(
                    "What answers at " + address.base() + " is no management port of Farebox (status " + status + ").");
        }
    }

    private DeskException noApi() {
        return new DeskException("The gateway at " + address.base()
                + " has no operator's API: set admin.viewer or admin.operator in its price list and start it again.");
    }

    @Override
    public void close() {
        http.close();
    }
}
