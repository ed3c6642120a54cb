package io.farebox.replicas;

import io.farebox.x402.SchemePayload;
import io.farebox.x402.SchemePayloads;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Headers that all say the same payment: both versions, each in every form that is taken. Equal to a reader who decodes, all
 * different to one who compares text.
 */
final class Spelling {
    private static final String STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final JsonObject v1Option;
    private final JsonObject v2Option;

    /** A header. */
    record Header(String name, String value) {}

    /**
     * @param v1Option an entry of {@code accepts} as version 1 asks for it
     * @param v2Option the same of version 2
     */
    Spelling(JsonObject v1Option, JsonObject v2Option) {
        this.v1Option = v1Option;
        this.v2Option = v2Option;
    }

    /** As stock clients write it. */
    Header plain(int version, SchemePayload.Eip3009 payment) {
        return header(version, Base64Json.encode(Json.write(message(version, payment))));
    }

    /** In any way whatever. */
    Header any(SchemePayload.Eip3009 payment, Random random) {
        int version = 1 + random.nextInt(2);
        Map<String, Object> message = message(version, inAnyCase(payment, random));
        message.put("note", "caf\u00e9 " + random.nextInt());
        return header(version, base64(new Writer(random).write(message), random));
    }

    private Header header(int version, String value) {
        return new Header(version == 1 ? "X-PAYMENT" : "PAYMENT-SIGNATURE", value);
    }

    private Map<String, Object> message(int version, SchemePayload.Eip3009 payment) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x402Version", version);
        if (version == 1) {
            out.put("scheme", "exact");
            out.put("network", v1Option.string("network"));
        } else {
            out.put("accepted", v2Option.members());
        }
        out.put("payload", SchemePayloads.write(payment));
        return out;
    }

    private static SchemePayload.Eip3009 inAnyCase(SchemePayload.Eip3009 payment, Random random) {
        UnaryOperator<String> mix = hex -> "0x"
                + hex.substring(2)
                        .chars()
                        .map(c -> random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return new SchemePayload.Eip3009(
                mix.apply(otherV(payment.signature(), random)),
                mix.apply(payment.from()),
                mix.apply(payment.to()),
                payment.value(),
                payment.validAfter(),
                payment.validBefore(),
                mix.apply(payment.nonce()));
    }

    /** The last byte is 27 and 28 in most libraries, 0 and 1 in some. */
    private static String otherV(String signature, Random random) {
        String start = signature.substring(0, signature.length() - 2);
        int v = Integer.parseInt(signature.substring(signature.length() - 2), 16) % 27;
        return start + (random.nextBoolean() ? "0" + v : v == 0 ? "1b" : "1c");
    }

    private static String base64(String json, Random random) {
        String text = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        if (random.nextBoolean()) text = otherTail(text, random);
        if (random.nextBoolean()) text = text.replace("=", "");
        if (random.nextBoolean()) text = text.replace('+', '-').replace('/', '_');
        return text;
    }

    /** The last character before the padding has bits that mean nothing. */
    private static String otherTail(String text, Random random) {
        int padding = text.length() - text.replace("=", "").length();
        if (padding == 0) return text;
        int last = text.length() - padding - 1;
        int spare = padding == 1 ? 4 : 16;
        int bits = STANDARD.indexOf(text.charAt(last)) / spare * spare + random.nextInt(spare);
        return text.substring(0, last) + STANDARD.charAt(bits) + "=".repeat(padding);
    }

    /** Writes JSON with members in any order, space between, and characters escaped that need not be. */
    private record Writer(Random random) {
        String write(Object value) {
            StringBuilder out = new StringBuilder();
            write(value, out);
            return out.toString();
        }

        private void write(Object value, StringBuilder out) {
            space(out);
            switch (value) {
                case Map<?, ?> map -> object(map, out);
                case List<?> list -> array(list, out);
                case String text -> string(text, out);
                default -> out.append(Json.write(value));
            }
            space(out);
        }

        private void object(Map<?, ?> map, StringBuilder out) {
            List<Map.Entry<?, ?>> members = new ArrayList<>(map.entrySet());
            Collections.shuffle(members, random);
            String separator = "{";
            for (Map.Entry<?, ?> member : members) {
                out.append(separator);
                space(out);
                string((String) member.getKey(), out);
                space(out);
                out.append(':');
                write(member.getValue(), out);
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        }

        private void array(List<?> list, StringBuilder out) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                write(element, out);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        }

        private void string(String text, StringBuilder out) {
            out.append('"');
            for (char c : text.toCharArray()) {
                if (c == '"' || c == '\\' || random.nextInt(8) == 0) out.append("\\u%04x".formatted((int) c));
                else out.append(c);
            }
            out.append('"');
        }

        private void space(StringBuilder out) {
            if (random.nextInt(4) == 0) out.append(" \n\t\r".charAt(random.nextInt(4)));
        }
    }
}
