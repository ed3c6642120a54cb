package io.farebox.chain;

import io.farebox.gate.LocalVerifier;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the local check of a payment costs, and its parts. In the verifier's package, because its parts are not public. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@NullMarked
public class VerifyBenchmark {
    private final PaymentRequirements terms = new PaymentRequirements(
            "exact",
            new Network("eip155:8453"),
            BigInteger.valueOf(10_000),
            "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
            "0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
            116,
            Map.of("name", "USD Coin", "version", "2"));
    private final SchemePayload.Eip3009 payload =
            Eip3009Signer.random().sign(terms, Instant.EPOCH, Instant.now().plusSeconds(100));
    private final PaymentPayload payment =
            new PaymentPayload(2, "exact", terms.network(), terms, payload, null, Map.of());
    private final Eip3009Digest digests = new Eip3009Digest();
    private final byte[] digest = digests.of(terms, payload).orElseThrow();
    private final EvmSignature.Plain signature = (EvmSignature.Plain) EvmSignature.read(payload.signature());
    private final EcdsaRecovery nativeLibrary = new NativeRecovery();
    private final EcdsaRecovery bouncyCastle = new BouncyCastleRecovery();
    private final Eip3009Verifier verifier = new Eip3009Verifier(nativeLibrary);

    /** What does not verify might be measured as a fast check. */
    public VerifyBenchmark() {
        boolean same = Arrays.equals(nativeLibrary.signer(digest, signature), bouncyCastle.signer(digest, signature));
        if (!same || !(verifier.check(payment, terms) instanceof LocalVerifier.LocalCheck.Signed)) {
            throw new IllegalStateException("the payment does not verify");
        }
    }

    @Benchmark
    public Optional<byte[]> digest() {
        return digests.of(terms, payload);
    }

    @Benchmark
    public byte @Nullable [] recoverNative() {
        return nativeLibrary.signer(digest, signature);
    }

    @Benchmark
    public byte @Nullable [] recoverBouncyCastle() {
        return bouncyCastle.signer(digest, signature);
    }

    @Benchmark
    public LocalVerifier.LocalCheck wholeCheck() {
        return verifier.check(payment, terms);
    }
}
