package io.farebox.probe;

import io.farebox.probe.wire.Reply;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Reads what a 402 says, as far as a probe wants to know. */
final class Challenges {
    private static final String HEADER = "PAYMENT-REQUIRED";

    private Challenges() {}

    /** Whether it tells a client of either generation how to pay. */
    static boolean isPayable(Reply.Answer answer) {
        if (answer.status() != 402) return false;
        String header = answer.header(HEADER);
        try {
            if (header != null && accepts(Base64Json.decode(header))) return true;
        } catch (JsonFormatException e) {
            // The body may still do.
        }
        try {
            return accepts(Json.readObject(answer.body()));
        } catch (JsonFormatException e) {
            return false;
        }
    }

    private static boolean accepts(JsonObject challenge) {
        return challenge.members().get("accepts") instanceof List<?> list && !list.isEmpty();
    }

    /** Whether a text stands in it, in the header's JSON too. */
    static boolean mentions(Reply.Answer answer, String text) {
        if (answer.text().contains(text)) return true;
        String header = answer.header(HEADER);
        if (header == null) return false;
        try {
            byte[] json = Base64.getDecoder().decode(header.strip());
            return new String(json, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IllegalArgumentException e) {
            return header.contains(text);
        }
    }

    /** The code of an error of Farebox's own; empty if it is somebody else's. */
    static String error(Reply.Answer answer) {
        try {
            JsonObject body = Json.readObject(answer.body());
            String error = body.stringOrNull("error");
            return error == null || body.stringOrNull("message") == null ? "" : error;
        } catch (JsonFormatException e) {
            return "";
        }
    }
}
