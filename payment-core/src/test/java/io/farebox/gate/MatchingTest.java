package io.farebox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MatchingTest {
    private static final V2Codec CODEC = new V2Codec();
    private static final Network NETWORK = new Network("eip155:84532");

    /** The reference's own verdicts. We never send an empty extra, so we need not tell it from an absent one. */
    @TestFactory
    Stream<DynamicTest> matches_likeTheReference() throws IOException {
        return vectors().objects("accepted").stream()
                .filter(row -> !row.string("name").startsWith("server extra empty object"))
                .map(row -> DynamicTest.dynamicTest(row.string("name"), () -> {
                    Object expected = row.members().get("matchIndex");
                    assertThat(matchIndex(row)).isEqualTo(expected);
                }));
    }

    private static Object matchIndex(JsonObject row) {
        PaymentRequirements accepted;
        try {
            accepted = CODEC.requirements(row.object("accepted"));
        } catch (JsonFormatException e) {
            return null;
        }
        List<PaymentRequirements> ours =
                row.objects("requirements").stream().map(CODEC::requirements).toList();
        for (int i = 0; i < ours.size(); i++) if (Matching.matches(ours.get(i), accepted)) return (long) i;
        return null;
    }

    @Test
    void exact_v1_pickedByAmountAndPayee() {
        PaymentRequirements usdc = terms("0x" + "aa".repeat(20), 10_000);
        PaymentRequirements other = terms("0x" + "bb".repeat(20), 500);
        assertThat(Matching.exact(v1(500), List.of(usdc, other))).containsExactly(other);
        assertThat(Matching.exact(v1(7), List.of(usdc, other))).isEmpty();
        assertThat(Matching.nearest(v1(7), List.of(usdc, other))).contains(usdc);
    }

    @Test
    void exact_v1_sameAmount_bothAreTried() {
        PaymentRequirements usdc = terms("0x" + "aa".repeat(20), 500);
        PaymentRequirements other = terms("0x" + "bb".repeat(20), 500);
        assertThat(Matching.exact(v1(500), List.of(usdc, other))).containsExactly(usdc, other);
    }

    /** The transaction tells what version 1 does not: an earlier price, or an earlier fee payer of the facilitator. */
    @Test
    void exact_v1OnSolana_pickedByTheTransaction() throws IOException {
        JsonObject made = resource("/solana-payment.json");
        String transaction = made.object("paymentPayload").object("payload").string("transaction");
        Network solana = new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
        PaymentPayload payment =
                new PaymentPayload(1, "exact", solana, null, new SchemePayload.Solana(transaction), null, Map.of());
        String mint = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
        PaymentRequirements right = solana(solana, mint, 10_000, made.string("feePayer"));

        assertThat(Matching.exact(
                        payment,
                        List.of(
                                solana(solana, mint, 10_001, made.string("feePayer")),
                                solana(solana, "another", 10_000, made.string("feePayer")),
                                solana(solana, mint, 10_000, "another"),
                                right)))
                .containsExactly(right);
    }

    @Test
    void exact_v1OnSolana_whatCannotBeReadMayBeForAnything() {
        Network solana = new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
        PaymentPayload payment =
                new PaymentPayload(1, "exact", solana, null, new SchemePayload.Solana("AAAA"), null, Map.of());
        PaymentRequirements terms = solana(solana, "mint", 1, "payer");
        assertThat(Matching.exact(payment, List.of(terms))).containsExactly(terms);
    }

    private static PaymentRequirements solana(Network network, String mint, long amount, String feePayer) {
        return new PaymentRequirements(
                "exact", network, BigInteger.valueOf(amount), mint, "payee", 60, Map.of("feePayer", feePayer));
    }

    private static PaymentRequirements terms(String asset, long amount) {
        return new PaymentRequirements(
                "exact", NETWORK, BigInteger.valueOf(amount), asset, "0x" + "cc".repeat(20), 60, Map.of());
    }

    private static PaymentPayload v1(long value) {
        SchemePayload payload = new SchemePayload.Eip3009(
                "0x",
                "0x" + "dd".repeat(20),
                "0x" + "CC".repeat(20),
                BigInteger.valueOf(value),
                BigInteger.ZERO,
                BigInteger.TEN,
                "0x" + "00".repeat(32));
        return new PaymentPayload(1, "exact", NETWORK, null, payload, null, Map.of());
    }

    private static JsonObject vectors() throws IOException {
        return resource("/vectors/generated-matching.json");
    }

    private static JsonObject resource(String name) throws IOException {
        try (var in = MatchingTest.class.getResourceAsStream(name)) {
            return Json.readObject(in.readAllBytes());
        }
    }
}
