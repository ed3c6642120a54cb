package io.farebox.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.LocalVerifier.LocalCheck;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a stranger sends, a check ends with an answer, and nobody's name is written under what they did not sign. */
final class Eip3009VerifierFuzzTest {
    private static final String ALPHABET = "0123456789abcdefABCDEFxXgG- \u0000\uff11\ud800";

    private final Vectors vectors = Vectors.read();
    private final PaymentRequirements terms = vectors.rows().getFirst().requirements();
    private final SchemePayload.Eip3009 good = vectors.payload(vectors.rows().getFirst());

    @Test
    void check_anything_neverThrows() {
        run(new NativeRecovery(), 100_000);
    }

    @Test
    void check_anythingWithTheFallback_neverThrows() {
        run(new BouncyCastleRecovery(), 10_000);
    }

    private void run(EcdsaRecovery recovery, int rounds) {
        long seed = Long.getLong("farebox.fuzz.seed", System.nanoTime());
        System.out.println("fuzz seed " + seed + " (repeat with -Dfarebox.fuzz.seed=" + seed + ")");
        var random = new Random(seed);
        var verifier = new Eip3009Verifier(recovery);
        int signed = 0;
        for (int i = 0; i < rounds; i++) {
            SchemePayload.Eip3009 payload = payload(random);
            LocalCheck check = verifier.check(Vectors.payment(payload, terms), terms);
            if (check instanceof LocalCheck.Signed) {
                signed++;
                assertThat(meaning(payload)).as("seed %d, round %d", seed, i).isEqualTo(meaning(good));
            }
        }
        // Otherwise the mutations are so many that nothing gets as far as recovery.
        assertThat(signed).as("seed %d", seed).isGreaterThan(rounds / 50);
    }

    private SchemePayload.Eip3009 payload(Random random) {
        return new SchemePayload.Eip3009(
                random.nextInt(4) == 0 ? plausible(random) : text(random, good.signature()),
                text(random, good.from()),
                text(random, good.to()),
                number(random, good.value()),
                number(random, good.validAfter()),
                number(random, good.validBefore()),
                text(random, good.nonce()));
    }

    /** Of the right shape, so that it gets as far as recovery. */
    private static String plausible(Random random) {
        return "0x%064x%064x%02x"
                .formatted(new BigInteger(256, random), new BigInteger(255, random), 27 + random.nextInt(2));
    }

    private static String text(Random random, String good) {
        return switch (random.nextInt(40)) {
            case 0 -> "";
            case 1 -> good.substring(0, random.nextInt(good.length()));
            case 2 -> good + good.substring(random.nextInt(good.length()));
            case 3, 4, 5 -> replaced(random, good);
            case 6 -> "0x" + "ff".repeat(random.nextInt(100));
            case 7 -> noise(random);
            default -> good;
        };
    }

    private static String replaced(Random random, String good) {
        int at = random.nextInt(good.length());
        return good.substring(0, at) + ALPHABET.charAt(random.nextInt(ALPHABET.length())) + good.substring(at + 1);
    }

    private static String noise(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(200); i > 0; i--) text.append((char) random.nextInt(0x10000));
        return text.toString();
    }

    private static BigInteger number(Random random, BigInteger good) {
        return switch (random.nextInt(20)) {
            case 0 -> new BigInteger(random.nextInt(300), random);
            case 1 -> good.negate();
            case 2 -> BigInteger.ONE.shiftLeft(256);
            case 3 -> good.add(BigInteger.ONE);
            default -> good;
        };
    }

    /** All that is signed, without the letter case. */
    private static String meaning(SchemePayload.Eip3009 payload) {
        return String.join(
                        ",",
                        payload.from(),
                        payload.to(),
                        payload.value().toString(),
                        payload.validAfter().toString(),
                        payload.validBefore().toString(),
                        payload.nonce())
                .toLowerCase(Locale.ROOT);
    }
}
