package io.farebox.app.operate;

import io.farebox.gate.DeskCursor;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.Shelf;
import io.farebox.settlement.operate.Decision;
import io.farebox.x402.Network;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what callers ask for, strictly: what is not known is an error, so that a slip is noticed. */
final class DeskRequest {
    private static final int USUAL = 50;
    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    private DeskRequest() {}

    /** @throws BadRequestException if the query asks for no page of a shelf */
    static DeskQuery page(Map<String, List<String>> query) {
        known(query.keySet(), Set.of("state", "after", "limit", "from", "until"));
        String after = one(query, "after");
        try {
            String limit = one(query, "limit");
            return new DeskQuery(
                    shelf(one(query, "state")),
                    instant(one(query, "from"), Instant.EPOCH),
                    instant(one(query, "until"), EVER),
                    after == null ? null : DeskCursor.parse(after),
                    limit == null ? USUAL : Integer.parseInt(limit));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "after must be the next of a page before, and limit 1 to " + DeskQuery.MOST + ".");
        } catch (DateTimeException e) {
            throw new BadRequestException("from and until are written 2026-11-20T12:00:00Z.");
        }
    }

    private static Instant instant(@Nullable String text, Instant fallback) {
        return text == null ? fallback : Instant.parse(text);
    }

    private static Shelf shelf(@Nullable String word) {
        for (Shelf shelf : Shelf.values()) if (PaymentJson.word(shelf).equals(word)) return shelf;
        throw new BadRequestException("state must be one of: "
                + Arrays.stream(Shelf.values()).map(PaymentJson::word).collect(Collectors.joining(", ")) + ".");
    }

    static @Nullable String one(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) throw new BadRequestException(name + " is there more than once.");
        return values.isEmpty() ? null : values.getFirst();
    }

    /** @throws BadRequestException if the body is no decision */
    static Decision decision(byte[] body) {
        JsonObject json = json(body, Set.of("as", "transaction", "by", "note"));
        String word = text(json, "as", 20);
        Decision.Kind kind = Arrays.stream(Decision.Kind.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("as must be one of: "
                        + Arrays.stream(Decision.Kind.values())
                                .map(Decision.Kind::word)
                                .collect(Collectors.joining(", "))
                        + "."));
        String transaction = text(json, "transaction", 200);
        if (transaction != null && !transaction.matches("[A-Za-z0-9._:-]+"))
            throw new BadRequestException("transaction holds something else than letters, digits, dots and hyphens.");
        return new Decision(kind, transaction, by(json), note(json));
    }

    /** Who does something and why; for people. */
    record Reason(String by, String note) {}

    /** @throws BadRequestException if the body holds anything else */
    static Reason reason(byte[] body) {
        JsonObject json = json(body, Set.of("by", "note"));
        return new Reason(by(json), note(json));
    }

    /** How many of a page. @throws BadRequestException if the query holds anything but after and limit */
    static int limit(Map<String, List<String>> query) {
        known(query.keySet(), Set.of("after", "limit"));
        String limit = one(query, "limit");
        if (limit == null) return USUAL;
        if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > DeskQuery.MOST)
            throw new BadRequestException("limit is 1 to " + DeskQuery.MOST + ".");
        return Integer.parseInt(limit);
    }

    /** Something that was paid back. */
    record PayBack(
            Network network,
            String asset,
            String payTo,
            BigInteger amount,
            String transaction,
            String by,
            String note) {}

    /** @throws BadRequestException if the body does not say it all */
    static PayBack payBack(byte[] body) {
        JsonObject json = json(body, Set.of("network", "asset", "payTo", "amount", "transaction", "by", "note"));
        String network = needed(json, "network", 41);
        String amount = needed(json, "amount", 78);
        if (!Network.isCaip2(network)) throw new BadRequestException("network is written eip155:8453.");
        if (!amount.matches("[1-9][0-9]*")) throw new BadRequestException("amount is a number of atomic units.");
        return new PayBack(
                new Network(network),
                needed(json, "asset", 200),
                needed(json, "payTo", 200),
                new BigInteger(amount),
                needed(json, "transaction", 200),
                by(json),
                note(json));
    }

    private static String needed(JsonObject json, String name, int longest) {
        String text = text(json, name, longest);
        if (text == null || text.isBlank()) throw new BadRequestException(name + " is missing.");
        return text;
    }

    private static String by(JsonObject json) {
        String by = text(json, "by", 100);
        if (by == null || by.isBlank()) throw new BadRequestException("by is missing: who decides this?");
        return by;
    }

    private static String note(JsonObject json) {
        String note = text(json, "note", 1000);
        return note == null ? "" : note;
    }

    private static @Nullable String text(JsonObject json, String name, int longest) {
        Object value = json.members().get(name);
        if (value == null) return null;
        boolean fits = value instanceof String text
                && text.length() <= longest
                && text.chars().noneMatch(Character::isISOControl);
        if (!fits)
            throw new BadRequestException(
                    name + " is no text, is longer than " + longest + " characters, or holds control characters.");
        return (String) value;
    }

    private static JsonObject json(byte[] body, Set<String> names) {
        JsonObject json;
        try {
            json = Json.readObject(body);
        } catch (JsonFormatException e) {
            throw new BadRequestException("The body is no JSON object: " + e.getMessage() + ".");
        }
        known(json.members().keySet(), names);
        return json;
    }

    private static void known(Set<String> given, Set<String> names) {
        for (String name : given)
            if (!names.contains(name))
                throw new BadRequestException(
                        "Something here is not known. Known: " + String.join(", ", new TreeSet<>(names)) + ".");
    }
}
