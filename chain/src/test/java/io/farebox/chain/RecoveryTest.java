package io.farebox.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.farebox.gate.LocalVerifier.LocalCheck;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One table of signatures, and both implementations must answer it alike. */
final class RecoveryTest {
    private static final BigInteger N = Secp256k1Order.N;
    private static final BigInteger FIELD =
            BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE.shiftLeft(32)).subtract(BigInteger.valueOf(977));
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private static final Vectors VECTORS = Vectors.read();
    private static final Vectors.Row ROW = VECTORS.rows().getFirst();
    private static final String HEX = ROW.signature().substring(2);
    private static final BigInteger R = new BigInteger(HEX.substring(0, 64), 16);
    private static final BigInteger S = new BigInteger(HEX.substring(64, 128), 16);
    private static final String RS = HEX.substring(0, 128);

    private static final LocalCheck SIGNED =
            new LocalCheck.Signed(VECTORS.address().toLowerCase(Locale.ROOT));
    private static final LocalCheck FORGED = new LocalCheck.Forged("invalid_exact_evm_payload_signature");
    private static final LocalCheck COMPACT = new LocalCheck.Forged("invalid_exact_evm_payload_signature_compact");
    private static final LocalCheck UNDECIDABLE = new LocalCheck.Undecidable();

    private record Row(String what, String signature, LocalCheck expected) {}

    static List<EcdsaRecovery> implementations() {
        return List.of(new NativeRecovery(), new BouncyCastleRecovery());
    }

    static Stream<Arguments> table() {
        return implementations().stream()
                .flatMap(recovery -> rows().map(row -> Arguments.of(
                        recovery.implementation() + ": " + row.what, recovery, row.signature, row.expected)));
    }

    private static Stream<Row> rows() {
        var rows = new ArrayList<Row>();
        rows.add(new Row("upper-case digits", "0x" + HEX.toUpperCase(Locale.ROOT), SIGNED));
        rows.add(new Row("high-s twin", rsv(R, N.subtract(S), 28), FORGED));
        rows.add(new Row("high-s, v not flipped", rsv(R, N.subtract(S), 27), FORGED));
        for (BigInteger edge : List.of(BigInteger.ZERO, N, N.add(BigInteger.ONE), FIELD, MAX)) {
            rows.add(new Row("r " + edge.toString(16), rsv(edge, S, 27), FORGED));
            rows.add(new Row("s " + edge.toString(16), rsv(R, edge, 27), FORGED));
        }
        for (BigInteger edge :
                List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.valueOf(5), N.subtract(BigInteger.ONE))) {
            rows.add(new Row("r " + edge.toString(16), rsv(edge, S, 27), FORGED));
            rows.add(new Row("s " + edge.toString(16), rsv(R, edge, 28), FORGED));
        }
        rows.add(new Row("s half", rsv(R, Secp256k1Order.HALF, 27), FORGED));
        rows.add(new Row("s half and one", rsv(R, Secp256k1Order.HALF.add(BigInteger.ONE), 27), FORGED));
        addTexts(rows);
        return rows.stream();
    }

    private static void addTexts(List<Row> rows) {
        rows.add(new Row("empty", "", FORGED));
        rows.add(new Row("one letter", "0", FORGED));
        rows.add(new Row("no bytes", "0x", FORGED));
        rows.add(new Row("63 bytes", "0x" + "11".repeat(63), FORGED));
        rows.add(new Row("64 bytes, EIP-2098", "0x" + RS, COMPACT));
        rows.add(new Row("odd digits, short", "0x" + HEX.substring(1), FORGED));
        rows.add(new Row("odd digits, long", "0x" + HEX + "0", FORGED));
        rows.add(new Row("0X", "0X" + HEX, FORGED));
        rows.add(new Row("no prefix", HEX, FORGED));
        rows.add(new Row("no prefix, as long as one", HEX + "00", FORGED));
        rows.add(new Row("no hexadecimal", "0x" + "zz" + HEX.substring(2), FORGED));
        rows.add(new Row("foreign digits", "0x" + "\uff11\u0661" + HEX.substring(2), FORGED));
        rows.add(new Row("space", " 0x" + HEX.substring(1), FORGED));
        rows.add(new Row("66 bytes", "0x" + HEX + "00", UNDECIDABLE));
        rows.add(new Row("66 bytes, no hexadecimal", "0x" + HEX + "0g", FORGED));
        rows.add(new Row("longest wrapper", "0x" + "ab".repeat(8192), UNDECIDABLE));
        rows.add(new Row("longer than any wrapper", "0x" + "ab".repeat(8193), FORGED));
        rows.add(new Row("10000 bytes", "0x" + "ab".repeat(10_000), FORGED));
    }

    private static String rsv(BigInteger r, BigInteger s, int v) {
        return "0x%064x%064x%02x".formatted(r, s, v);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void check_edgeOfTheFormat_isAnsweredAlike(
            String what, EcdsaRecovery recovery, String signature, LocalCheck expected) {
        var payment = Vectors.payment(VECTORS.payload(signature), ROW.requirements());

        assertThat(new Eip3009Verifier(recovery).check(payment, ROW.requirements()))
                .isEqualTo(expected);
    }

    /** One vector has v 27 and the next 28, so that a wrong v can never pass as the payer by being taken for the other. */
    @ParameterizedTest
    @MethodSource("implementations")
    void check_everyV_onlyTheTwoSpellingsOfTheRightOneAreSigned(EcdsaRecovery recovery) {
        for (Vectors.Row row : VECTORS.rows().subList(0, 2)) {
            String rs = row.signature().substring(0, 130);
            int right = Integer.parseInt(row.signature().substring(130), 16);
            for (int v = 0; v < 256; v++) {
                var payload = VECTORS.payload(rs + HexFormat.of().toHexDigits((byte) v));
                var payment = Vectors.payment(payload, row.requirements());

                assertThat(new Eip3009Verifier(recovery).check(payment, row.requirements()))
                        .as("v %d, right is %d", v, right)
                        .isEqualTo(v == right || v == right - 27 ? SIGNED : FORGED);
            }
        }
        assertThat(VECTORS.rows().get(0).signature()).endsWith("1b");
        assertThat(VECTORS.rows().get(1).signature()).endsWith("1c");
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void signer_smallestAndLargestValues_neverThrows(EcdsaRecovery recovery) {
        for (BigInteger r : List.of(BigInteger.ONE, BigInteger.valueOf(5), N.subtract(BigInteger.ONE))) {
            for (BigInteger s : List.of(BigInteger.ONE, Secp256k1Order.HALF)) {
                for (int recoveryId = 0; recoveryId < 2; recoveryId++) {
                    var signature = new EvmSignature.Plain(compact(r, s), recoveryId);
                    for (BigInteger digest : List.of(BigInteger.ZERO, s, N, MAX)) {
                        recovery.signer(HexFormat.of().parseHex("%064x".formatted(digest)), signature);
                    }
                }
            }
        }
    }

    @Test
    void signer_signatureWhoseKeyWouldBeInfinity_isNobodyForBoth() {
        // s·R = e·G: with R = G the key (s·R − e·G)/r vanishes where e = s.
        BigInteger generatorX = new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16);
        var signature = new EvmSignature.Plain(compact(generatorX, BigInteger.valueOf(7)), 0);
        byte[] digest = HexFormat.of().parseHex("%064x".formatted(7));

        for (EcdsaRecovery recovery : implementations()) {
            assertThat(recovery.signer(digest, signature)).isNull();
        }
    }

    @Test
    void plain_outOfRange_cannotBeMade() {
        for (BigInteger edge : List.of(BigInteger.ZERO, N, FIELD, MAX)) {
            assertThatIllegalArgumentException().isThrownBy(() -> new EvmSignature.Plain(compact(edge, S), 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new EvmSignature.Plain(compact(R, edge), 0));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new EvmSignature.Plain(compact(R, S), 2));
    }

    private static byte[] compact(BigInteger r, BigInteger s) {
        return HexFormat.of().parseHex("%064x%064x".formatted(r, s));
    }
}
