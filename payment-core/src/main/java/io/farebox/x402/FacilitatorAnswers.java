package io.farebox.x402;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads facilitators' answers, which have one shape in both wire versions. Strict in what money hangs on ({@code success} and
 * {@code isValid} must be JSON booleans), tolerant elsewhere: unknown members, nulls, an empty network on failure.
 *
 * <p>All methods throw {@link JsonFormatException} if the text is no such answer. Thread-safe.
 */
public final class FacilitatorAnswers {
    private static final int MAX_TEXT = 256;

    private final Map<String, Network> v1Names;

    /** @param v1Names version 1 names and the networks they stand for */
    public FacilitatorAnswers(Map<String, Network> v1Names) {
        this.v1Names = Map.copyOf(v1Names);
    }

    public VerifyResponse verify(byte[] body) {
        JsonObject json = Json.readObject(body);
        return new VerifyResponse(json.bool("isValid"), shortText(json, "invalidReason"), shortText(json, "payer"));
    }

    public SettleResponse settle(byte[] body) {
        JsonObject json = Json.readObject(body);
        boolean success = json.bool("success");
        String transaction = shortText(json, "transaction");
        return new SettleResponse(
                success,
                shortText(json, "errorReason"),
                shortText(json, "payer"),
                transaction == null ? "" : transaction,
                network(json.stringOrNull("network")));
    }

    public SupportedResponse supported(byte[] body) {
        JsonObject json = Json.readObject(body);
        // Any object would do otherwise, and an error read as an answer would take every kind away.
        if (!json.members().containsKey("kinds")) throw new JsonFormatException("kinds is missing");
        List<SupportedResponse.Kind> kinds = new ArrayList<>();
        for (JsonObject kind : json.objects("kinds")) {
            Network network = network(kind.string("network"));
            long version = kind.integer("x402Version");
            JsonObject extra = kind.objectOrNull("extra");
            if (network == null || version < 1 || version > 2) continue;
            kinds.add(new SupportedResponse.Kind(
                    (int) version, kind.string("scheme"), network, extra == null ? Map.of() : extra.members()));
        }
        return new SupportedResponse(kinds, signers(json.objectOrNull("signers")));
    }

    private @Nullable Network network(@Nullable String text) {
        if (text == null) return null;
        Network named = v1Names.get(text);
        if (named != null) return named;
        return Network.isCaip2(text) ? new Network(text) : null;
    }

    private static Map<String, List<String>> signers(@Nullable JsonObject json) {
        if (json == null) return Map.of();
        Map<String, List<String>> out = new HashMap<>();
        json.members().forEach((pattern, addresses) -> {
            if (addresses instanceof List<?> list) {
                out.put(
                        pattern,
                        list.stream()
                                .filter(String.class::isInstance)
                                .map(String.class::cast)
                                .toList());
            }
        });
        return out;
    }

    /** Text that we keep is bounded and printable, whatever was sent. */
    private static @Nullable String shortText(JsonObject json, String name) {
        String text = json.stringOrNull(name);
        if (text == null) return null;
        boolean clean = text.length() <= MAX_TEXT && text.chars().allMatch(c -> c > ' ' && c < 127);
        return clean ? text : clean(text);
    }

    private static String clean(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT)).replaceAll("[^\\x21-\\x7e]", "_");
    }
}
