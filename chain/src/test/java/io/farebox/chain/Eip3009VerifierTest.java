package io.farebox.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.LocalVerifier.LocalCheck;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Eip3009VerifierTest {
    private static final LocalCheck FORGED = new LocalCheck.Forged("invalid_exact_evm_payload_signature");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final Vectors vectors = Vectors.read();
    private final Eip3009Verifier verifier = Eip3009Verifier.create();
    private final Eip3009Signer payer = Eip3009Signer.of(vectors.privateKey());
    private final PaymentRequirements terms = vectors.rows().getFirst().requirements();

    private LocalCheck check(SchemePayload payload) {
        return verifier.check(Vectors.payment(payload, terms), terms);
    }

    private SchemePayload.Eip3009 signed() {
        return payer.sign(terms, Instant.EPOCH, NOW);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.chain.Vectors#allRows")
    void check_signatureOfAnotherImplementation_isSigned(Vectors.Row row) {
        var payment = Vectors.payment(vectors.payload(row), row.requirements());

        assertThat(verifier.check(payment, row.requirements()))
                .isEqualTo(new LocalCheck.Signed(vectors.address().toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource
    void check_signedForAnotherDomain_isForged(PaymentRequirements other) {
        SchemePayload.Eip3009 payload = payer.sign(other, Instant.EPOCH, NOW);

        assertThat(check(payload)).isEqualTo(FORGED);
        // It is our own terms that count, whatever the payment says it accepted.
        assertThat(verifier.check(Vectors.payment(payload, other), terms)).isEqualTo(FORGED);
        assertThat(verifier.check(Vectors.payment(payload, other), other)).isInstanceOf(LocalCheck.Signed.class);
    }

    static Stream<PaymentRequirements> check_signedForAnotherDomain_isForged() {
        String asset = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
        return Stream.of(
                Vectors.requirements("eip155:8453", asset, "USDC", "2"),
                Vectors.requirements("eip155:1", asset, "USDC", "2"),
                Vectors.requirements("eip155:0", asset, "USDC", "2"),
                Vectors.requirements("eip155:84532", asset, "USD Coin", "2"),
                Vectors.requirements("eip155:84532", asset, "USDC", "1"),
                Vectors.requirements("eip155:84532", "0x" + "0".repeat(40), "USDC", "2"),
                Vectors.requirements("eip155:84532", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "USDC", "2"));
    }

    @ParameterizedTest
    @MethodSource
    void check_fieldChangedAfterSigning_isForged(SchemePayload.Eip3009 changed) {
        assertThat(check(changed)).isEqualTo(FORGED);
    }

    static Stream<SchemePayload.Eip3009> check_fieldChangedAfterSigning_isForged() {
        var vectors = Vectors.read();
        var good = vectors.payload(vectors.rows().getFirst());
        String other = "0x" + "1".repeat(40);
        BigInteger one = BigInteger.ONE;
        return Stream.of(
                changed(good, other, good.to(), good.value(), good.validAfter(), good.validBefore(), good.nonce()),
                changed(good, good.from(), other, good.value(), good.validAfter(), good.validBefore(), good.nonce()),
                changed(good, good.from(), good.to(), one, good.validAfter(), good.validBefore(), good.nonce()),
                changed(good, good.from(), good.to(), good.value(), one, good.validBefore(), good.nonce()),
                changed(good, good.from(), good.to(), good.value(), good.validAfter(), one, good.nonce()),
                changed(
                        good,
                        good.from(),
                        good.to(),
                        good.value(),
                        good.validAfter(),
                        good.validBefore(),
                        "0x" + "1".repeat(64)));
    }

    private static SchemePayload.Eip3009 changed(
            SchemePayload.Eip3009 good,
            String from,
            String to,
            BigInteger value,
            BigInteger after,
            BigInteger before,
            String nonce) {
        return new SchemePayload.Eip3009(good.signature(), from, to, value, after, before, nonce);
    }

    @Test
    void check_fromOfSomebodyElse_isForged() {
        var rich = Eip3009Signer.random();
        var mine = signed();
        var stolen = payer.sign(
                terms,
                changed(
                        mine,
                        rich.address(),
                        mine.to(),
                        mine.value(),
                        mine.validAfter(),
                        mine.validBefore(),
                        mine.nonce()));

        assertThat(check(stolen)).isEqualTo(FORGED);
    }

    @Test
    void check_letterCaseOfAddresses_doesNotMatter() {
        var good = signed();
        var upper = changed(
                good,
                "0x" + good.from().substring(2).toUpperCase(Locale.ROOT),
                good.to().toLowerCase(Locale.ROOT),
                good.value(),
                good.validAfter(),
                good.validBefore(),
                "0x" + good.nonce().substring(2).toUpperCase(Locale.ROOT));

        assertThat(check(upper)).isEqualTo(new LocalCheck.Signed(payer.address().toLowerCase(Locale.ROOT)));
    }

    @Test
    void check_otherTypedDataWithTheSameFields_isForged() {
        var good = signed();
        for (String type : new String[] {
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)",
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        }) {
            byte[] struct = Keccak256.hash(new Words(7)
                    .put(Keccak256.hash(type.getBytes(UTF_8)))
                    .putHex(good.from())
                    .putHex(good.to())
                    .put(good.value())
                    .put(good.validAfter())
                    .put(good.validBefore())
                    .putHex(good.nonce())
                    .bytes());
            byte[] separator = new Eip3009Digest().domainSeparator(terms).orElseThrow();

            assertThat(check(resigned(good, Keccak256.hash(new byte[] {0x19, 0x01}, separator, struct))))
                    .isEqualTo(FORGED);
        }
    }

    @Test
    void check_personalMessageOfTheSameDigest_isForged() {
        var good = signed();
        byte[] digest = new Eip3009Digest().of(terms, good).orElseThrow();
        byte[] greeting = "\u0019Ethereum Signed Message:\n32".getBytes(UTF_8);

        assertThat(check(resigned(good, Keccak256.hash(greeting, digest)))).isEqualTo(FORGED);
        assertThat(check(resigned(good, digest))).isInstanceOf(LocalCheck.Signed.class);
    }

    private SchemePayload.Eip3009 resigned(SchemePayload.Eip3009 payload, byte[] digest) {
        var key = new Secp256k1Key(new BigInteger(vectors.privateKey().substring(2), 16));
        return new SchemePayload.Eip3009(
                key.sign(digest),
                payload.from(),
                payload.to(),
                payload.value(),
                payload.validAfter(),
                payload.validBefore(),
                payload.nonce());
    }

    @Test
    void check_malformedFields_isForgedWithoutRecovery() {
        var good = signed();

        assertThat(check(changed(
                        good, "0x", good.to(), good.value(), good.validAfter(), good.validBefore(), good.nonce())))
                .isEqualTo(new LocalCheck.Forged("invalid_payload"));
    }

    @Test
    void check_solana_isLeftToItsOwnVerifier() {
        assertThat(check(new SchemePayload.Solana("AQ==")))
                .isEqualTo(new LocalCheck.Forged("invalid_exact_svm_payload_transaction_could_not_be_decoded"));
    }

    @Test
    void check_termsWithoutDomain_isUndecidable() {
        var bare = Vectors.requirements("eip155:84532", "no-contract", "USDC", "2");

        assertThat(verifier.check(Vectors.payment(signed(), bare), bare)).isEqualTo(new LocalCheck.Undecidable());
    }
}
