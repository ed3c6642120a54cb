package io.farebox.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.AtomicAmount;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Eip3009DigestTest {
    private final Vectors vectors = Vectors.read();
    private final Eip3009Digest digest = new Eip3009Digest();
    private final PaymentRequirements terms = vectors.rows().getFirst().requirements();
    private final SchemePayload.Eip3009 payload = vectors.payload("0x");

    @ParameterizedTest
    @MethodSource("io.farebox.chain.Vectors#allRows")
    void separatorAndDigest_equalThoseOfAnotherImplementation(Vectors.Row row) {
        assertThat(digest.domainSeparator(row.requirements()).map(Hex::encode)).hasValue(row.domainSeparator());
        assertThat(digest.of(row.requirements(), payload).map(Hex::encode)).hasValue(row.digest());
        // The second time from memory.
        assertThat(digest.of(row.requirements(), payload).map(Hex::encode)).hasValue(row.digest());
    }

    @Test
    void separator_handedOut_isACopy() {
        digest.domainSeparator(terms).orElseThrow()[0]++;

        assertThat(digest.domainSeparator(terms).map(Hex::encode))
                .hasValue(vectors.rows().getFirst().domainSeparator());
    }

    @ParameterizedTest
    @MethodSource
    void digest_malformedFields_isEmpty(SchemePayload.Eip3009 malformed) {
        assertThat(digest.of(terms, malformed)).isEmpty();
    }

    static Stream<SchemePayload.Eip3009> digest_malformedFields_isEmpty() {
        var good = Vectors.read().payload("0x");
        String from = good.from();
        String nonce = good.nonce();
        BigInteger one = BigInteger.ONE;
        BigInteger tooLarge = AtomicAmount.MAX.add(one);
        return Stream.of(
                fields("", good.to(), one, one, one, nonce),
                fields(from.substring(2), good.to(), one, one, one, nonce),
                fields("0X" + from.substring(2), good.to(), one, one, one, nonce),
                fields(from + "0", good.to(), one, one, one, nonce),
                fields(from + "00", good.to(), one, one, one, nonce),
                fields(from, "0x" + "g".repeat(40), one, one, one, nonce),
                fields(from, "0x" + "\uff11".repeat(40), one, one, one, nonce),
                fields(from, good.to(), one.negate(), one, one, nonce),
                fields(from, good.to(), tooLarge, one, one, nonce),
                fields(from, good.to(), one, tooLarge, one, nonce),
                fields(from, good.to(), one, one, one.negate(), nonce),
                fields(from, good.to(), one, one, one, nonce.substring(0, 64)),
                fields(from, good.to(), one, one, one, nonce + "00"));
    }

    private static SchemePayload.Eip3009 fields(
            String from, String to, BigInteger value, BigInteger after, BigInteger before, String nonce) {
        return new SchemePayload.Eip3009("0x", from, to, value, after, before, nonce);
    }

    @Test
    void digest_largestNumbers_keepsTheirTopBit() {
        var largest = fields(
                payload.from(), payload.to(), AtomicAmount.MAX, BigInteger.ZERO, BigInteger.ONE, payload.nonce());
        var half = fields(
                payload.from(),
                payload.to(),
                AtomicAmount.MAX.shiftRight(1),
                BigInteger.ZERO,
                BigInteger.ONE,
                payload.nonce());

        assertThat(digest.of(terms, largest)).isPresent();
        assertThat(digest.of(terms, largest).map(Hex::encode))
                .isNotEqualTo(digest.of(terms, half).map(Hex::encode));
    }

    @ParameterizedTest
    @MethodSource
    void digest_termsWithoutDomain_isEmpty(PaymentRequirements incomplete) {
        assertThat(digest.domainSeparator(incomplete)).isEmpty();
        assertThat(digest.of(incomplete, payload)).isEmpty();
    }

    static Stream<PaymentRequirements> digest_termsWithoutDomain_isEmpty() {
        var good = Vectors.requirements("eip155:84532", "0x036CbD53842c5426634e7929541eC2318f3dCF7e", "USDC", "2");
        return Stream.of(
                with(good, Map.of("name", "USDC")),
                with(good, Map.of("version", "2")),
                with(good, Map.of("name", "USDC", "version", 2L)),
                Vectors.requirements("eip155:84532", "USDC", "USDC", "2"),
                Vectors.requirements("eip155:0x14a34", good.asset(), "USDC", "2"),
                Vectors.requirements("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1", good.asset(), "USDC", "2"));
    }

    private static PaymentRequirements with(PaymentRequirements terms, Map<String, Object> extra) {
        return new PaymentRequirements(
                terms.scheme(), terms.network(), terms.amount(), terms.asset(), terms.payTo(), 60, extra);
    }

    @Test
    void separators_moreDomainsThanTheCap_areComputedAndNotKept() {
        var separators = new DomainSeparators();
        for (int i = 0; i < DomainSeparators.MAX * 2; i++) {
            separators.of(Vectors.requirements("eip155:" + (i + 1), terms.asset(), "USDC", "2"));
        }

        assertThat(separators.size()).isEqualTo(DomainSeparators.MAX);
        assertThat(Hex.encode(separators.of(terms)))
                .isEqualTo(vectors.rows().getFirst().domainSeparator());
    }
}
