package io.farebox.app.operate;

import io.farebox.x402.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the API.
 *
 * @param headers besides those that every answer has
 * @param body as JSON
 */
record Answer(int status, Map<String, String> headers, Map<String, Object> body) {
    static Answer ok(Map<String, Object> body) {
        return new Answer(200, Map.of(), body);
    }

    static Answer error(int status, String code, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", code);
        body.put("message", message);
        return new Answer(status, Map.of(), body);
    }

    static Answer notFound() {
        return error(404, "not_found", "There is nothing here; docs/operations.md lists what there is.");
    }

    static Answer bad(String message) {
        return error(400, "bad_request", message);
    }

    static Answer unavailable(String code, String message) {
        return error(503, code, message).with("Retry-After", "5");
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    Answer and(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(body);
        more.put(name, value);
        return new Answer(status, headers, more);
    }

    byte[] bytes() {
        return Json.write(body).getBytes(StandardCharsets.US_ASCII);
    }
}
