package io.farebox.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.GateEvent;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Payment headers that went wrong in every way: values, members, types, JSON, Base64. None may throw, and none may leave more
 * in the book than it was granted. {@code -Dfuzz.headers=1000000} for the long run, {@code -Dfarebox.fuzz.seed=} to
 * repeat one.
 */
class HeaderFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.headers", 30_000);
    private static final long SEED = Long.getLong("farebox.fuzz.seed", System.nanoTime());
    private static final int RIGS_EVERY = 5_000;

    private static final String YEAR_2100 = "4102444800";

    private static final Object[] ODD = {
        "",
        "0",
        "-1",
        "+10000",
        "010000",
        "1e4",
        "0x2710",
        " 10000",
        "10000.0",
        "１００００",
        "9".repeat(79),
        "null",
        "true",
        "0x" + "00".repeat(20),
        "0x" + "FF".repeat(32),
        "eip155:1",
        "base",
        "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp",
        "\r\nX: 1",
        "\u0000",
        "é",
        0L,
        1L,
        2L,
        3L,
        -1L,
        Long.MAX_VALUE,
        BigInteger.TEN.pow(70),
        Boolean.TRUE,
        List.of(),
        Map.of(),
        List.of(1L, "x"),
        Map.of("a", Map.of("b", List.of()))
    };

    private final Random random = new Random(SEED);
    private int parsed;
    private int granted;

    @Test
    void headers_neverThrow_neverLeaveATrace() {
        System.out.println("header fuzz: seed " + SEED + ", " + ROUNDS + " headers");
        var reasons = new TreeSet<String>();
        for (int done = 0; done < ROUNDS; done += RIGS_EVERY) {
            try (Rig rig = new Rig()) {
                for (int i = 0; i < Math.min(RIGS_EVERY, ROUNDS - done); i++) one(rig.rig);
                reasons.addAll(rig.reasons());
                assertThat(rig.rig.book.all()).hasSize(rig.granted());
                assertThat(rig.rig.first.settleCalls()).isZero();
            }
        }
        System.out.println("header fuzz: " + parsed + " were JSON, " + granted + " harmless; refused with " + reasons);
        assertThat(parsed).isGreaterThan(ROUNDS / 2);
        assertThat(reasons)
                .contains(
                        "invalid_payload",
                        "invalid_x402_version",
                        "invalid_network",
                        "multiple_payments",
                        "no_matching_requirements",
                        "resource_mismatch",
                        "invalid_exact_evm_payload_recipient_mismatch",
                        "invalid_exact_evm_payload_authorization_value_mismatch",
                        "invalid_exact_evm_payload_authorization_valid_after",
                        "invalid_exact_evm_payload_authorization_valid_before",
                        "invalid_exact_evm_payload_signature");
    }

    private record Rig(GateRig rig) implements AutoCloseable {
        Rig() {
            this(new GateRig());
        }

        List<String> reasons() {
            List<String> out = new ArrayList<>();
            for (GateEvent event : rig.events) {
                if (event instanceof GateEvent.Rejected rejected) out.add(rejected.reason());
                if (event instanceof GateEvent.Refused refused) out.add(refused.reason());
            }
            return out;
        }

        int granted() {
            return (int) rig.events.stream()
                    .filter(GateEvent.Claimed.class::isInstance)
                    .count();
        }

        @Override
        public void close() {
            rig.gate.close();
        }
    }

    private void one(GateRig rig) {
        boolean v1 = random.nextBoolean();
        var authorization =
                rig.authorization(random.nextInt(4) == 0 ? GateRig.FORGED : GateRig.SIGNED, random.nextInt());
        GateRig.Request good = v1 ? rig.paidV1(authorization) : rig.paid(authorization);
        String name = v1 ? "X-PAYMENT" : "PAYMENT-SIGNATURE";
        String header = wrong(good.header(name));
        GateRig.Request request = random.nextInt(50) == 0
                ? GateRig.Request.get("/weather").with(name, header, header)
                : GateRig.Request.get("/weather").with(random.nextInt(20) == 0 ? swap(name) : name, header);
        try {
            Base64Json.decode(header);
            parsed++;
        } catch (JsonFormatException e) {
            // Not even JSON.
        }
        if (rig.gate.decide(request) instanceof Decision.Attempt attempt
                && rig.gate.admit(attempt, "") instanceof Admission.Granted) granted++;
    }

    private static String swap(String name) {
        return name.equals("X-PAYMENT") ? "PAYMENT-SIGNATURE" : "X-PAYMENT";
    }

    private String wrong(String header) {
        return switch (random.nextInt(10)) {
            case 0 -> bytes(header);
            case 1 -> header.substring(0, random.nextInt(header.length()));
            case 2 ->
                Base64Json.encode(text(Json.write(Base64Json.decode(header).members())));
            case 3 -> header.replace('+', '-').replace("=", "") + "=".repeat(random.nextInt(3));
            default -> {
                Map<String, Object> members = deep(Base64Json.decode(header));
                int faults = 1 + random.nextInt(2);
                for (int i = 0; i < faults; i++) change(members);
                yield Base64Json.encode(Json.write(members));
            }
        };
    }

    /** A copy of the object that can be changed. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> deep(JsonObject object) {
        Map<String, Object> copy = new LinkedHashMap<>(object.members());
        copy.replaceAll((key, value) ->
                value instanceof Map<?, ?> map ? deep(new JsonObject((Map<String, Object>) map)) : value);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private void change(Map<String, Object> members) {
        if (members.isEmpty()) return;
        String key = List.copyOf(members.keySet()).get(random.nextInt(members.size()));
        Object value = members.get(key);
        if (value instanceof LinkedHashMap<?, ?> map && random.nextInt(8) != 0) {
            change((Map<String, Object>) map);
            return;
        }
        if (key.equals("validAfter") && random.nextBoolean()) {
            members.put(key, YEAR_2100);
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> members.remove(key);
            case 1 -> members.put(key + random.nextInt(3), value);
            case 2 -> members.put(key, value instanceof String s ? near(s) : ODD[random.nextInt(ODD.length)]);
            case 3 -> members.put(key, value instanceof String s ? s.toUpperCase(java.util.Locale.ROOT) : value);
            default -> members.put(key, ODD[random.nextInt(ODD.length)]);
        }
    }

    /** The same text with one character changed. */
    private String near(String text) {
        if (text.isEmpty()) return "x";
        char[] chars = text.toCharArray();
        chars[random.nextInt(chars.length)] = "0123456789abcdefxX:/. \u00e9".charAt(random.nextInt(23));
        return new String(chars);
    }

    private String text(String json) {
        int at = random.nextInt(json.length());
        return switch (random.nextInt(4)) {
            case 0 -> json.substring(0, at);
            case 1 -> json + json;
            case 2 -> json.substring(0, at) + "[".repeat(1 + random.nextInt(100)) + json.substring(at);
            default -> json.substring(0, at) + (char) random.nextInt(128) + json.substring(at);
        };
    }

    private String bytes(String header) {
        char[] chars = header.toCharArray();
        for (int i = 0; i < 1 + random.nextInt(3); i++)
            chars[random.nextInt(chars.length)] = (char) random.nextInt(256);
        return new String(chars);
    }
}
