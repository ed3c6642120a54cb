package io.farebox.x402.json;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * JSON in a header: Base64 of UTF-8. Writes the standard alphabet with padding; reads the URL alphabet and missing padding
 * too, since some clients send them.
 */
public final class Base64Json {
    /** Longest header value that is read, in characters. */
    public static final int MAX_LENGTH = 16 * 1024;

    private Base64Json() {}

    /** Decodes a header value. @throws JsonFormatException if it is not Base64 of a JSON object */
    public static JsonObject decode(String header) {
        String value = header.strip();
        if (value.isEmpty() || value.length() > MAX_LENGTH) throw new JsonFormatException("length");
        byte[] text = value.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '-') text[i] = '+';
            if (text[i] == '_') text[i] = '/';
        }
        try {
            return Json.readObject(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new JsonFormatException("not Base64");
        }
    }

    /** Encodes ASCII JSON. */
    public static String encode(String json) {
        return encode(json.getBytes(StandardCharsets.US_ASCII));
    }

    /** Encodes ASCII JSON that is at hand as bytes. */
    public static String encode(byte[] json) {
        return Base64.getEncoder().encodeToString(json);
    }
}
