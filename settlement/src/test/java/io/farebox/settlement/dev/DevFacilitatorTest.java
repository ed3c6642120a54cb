package io.farebox.settlement.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.farebox.chain.Eip3009Signer;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.SettleVerdict;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DevFacilitatorTest {
    private static final String ASSET = "0xfA4eb00000000000000000000000000000031337";
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final String NONCE_USED = "invalid_exact_evm_nonce_already_used";
    private static final BigInteger START = BigInteger.valueOf(25_000);

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final DevFacilitator facilitator = facilitator(new DevLimits(START, 100, 1_000));
    // A published test key of local chains.
    private final Eip3009Signer payer =
            Eip3009Signer.of("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    private final PaymentRequirements terms = terms(10_000);

    private DevFacilitator facilitator(DevLimits limits) {
        return new DevFacilitator("dev", limits, () -> now);
    }

    private static PaymentRequirements terms(long amount) {
        return terms("exact", DevFacilitator.NETWORK, amount, PAYEE);
    }

    private static PaymentRequirements terms(String scheme, Network network, long amount, String payTo) {
        return new PaymentRequirements(
                scheme, network, BigInteger.valueOf(amount), ASSET, payTo, 60, Map.of("name", "USDC", "version", "2"));
    }

    private SchemePayload.Eip3009 signed(PaymentRequirements terms) {
        return payer.sign(terms, Instant.EPOCH, now.plusSeconds(60));
    }

    private FacilitatorRequest request() {
        return request(signed(terms), terms);
    }

    private static FacilitatorRequest request(SchemePayload payload, PaymentRequirements terms) {
        var payment = new PaymentPayload(2, "exact", DevFacilitator.NETWORK, terms, payload, null, Map.of());
        return new FacilitatorRequest(payment, terms, new ResourceInfo("http://127.0.0.1/paid", "", ""));
    }

    @Test
    void verify_goodPayment_isValidAndChangesNothing() {
        var request = request();

        for (int i = 0; i < 3; i++) {
            assertThat(facilitator.verify(request))
                    .isEqualTo(new VerifyResponse(true, null, payer.address().toLowerCase(Locale.ROOT)));
        }
        assertThat(facilitator.balanceOf(payer.address())).isEqualTo(START);
    }

    @Test
    void settle_goodPayment_movesTheMoney() {
        SettleResponse answer = facilitator.settle(request());

        assertThat(answer.success()).isTrue();
        assertThat(SettleVerdict.of(answer, terms, payer.address().toLowerCase(Locale.ROOT)))
                .isEqualTo(SettleVerdict.CHARGED);
        assertThat(facilitator.balanceOf(payer.address())).isEqualTo(START.subtract(terms.amount()));
        assertThat(facilitator.balanceOf(PAYEE.toLowerCase(Locale.ROOT))).isEqualTo(START.add(terms.amount()));
        assertThat(facilitator.id()).isEqualTo("dev");
    }

    @Test
    void settle_again_givesTheSameAnswerAndTakesNothing() {
        var request = request();
        SettleResponse first = facilitator.settle(request);
        assertThat(first.success()).isTrue();

        now = now.plusSeconds(3_600);

        assertThat(facilitator.settle(request)).isEqualTo(first);
        assertThat(facilitator.balanceOf(payer.address())).isEqualTo(START.subtract(terms.amount()));
        assertThat(facilitator.verify(request).isValid()).isFalse();
    }

    @Test
    void settle_afterARestart_givesTheSameTransaction() {
        var request = request();

        assertThat(facilitator(DevLimits.defaults()).settle(request)).isEqualTo(facilitator.settle(request));
    }

    @Test
    void settle_usedNonceForAnotherAuthorization_isRefused() {
        var first = signed(terms);
        facilitator.settle(request(first, terms));
        var cheaper = terms(1);
        var second = payer.sign(cheaper, with(first, BigInteger.ONE));

        assertThat(facilitator.verify(request(first, terms)).invalidReason()).isEqualTo(NONCE_USED);
        assertThat(facilitator.verify(request(second, cheaper)).invalidReason()).isEqualTo(NONCE_USED);
        assertThat(facilitator.settle(request(second, cheaper)).errorReason()).isEqualTo(NONCE_USED);
        assertThat(facilitator.balanceOf(payer.address())).isEqualTo(START.subtract(terms.amount()));
    }

    @Test
    void settle_moreThanTheBalance_isRefused() {
        for (int i = 0; i < 2; i++)
            assertThat(facilitator.settle(request()).success()).isTrue();

        assertRefused(facilitator, request(), "insufficient_funds");
        assertThat(facilitator.balanceOf(payer.address())).isEqualTo(BigInteger.valueOf(5_000));
    }

    @ParameterizedTest
    @CsvSource({
        "-100, -1, invalid_exact_evm_payload_authorization_valid_before",
        "-100, 5, invalid_exact_evm_payload_authorization_valid_before",
        "1, 60, invalid_exact_evm_payload_authorization_valid_after",
        "-100, 6, ",
        "0, 60, "
    })
    void payment_window_mustHoldNow(long after, long before, String reason) {
        var request = request(payer.sign(terms, now.plusSeconds(after), now.plusSeconds(before)), terms);

        if (reason != null) assertRefused(facilitator, request, reason);
        else assertThat(facilitator.settle(request).success()).isTrue();
    }

    @Test
    void payment_notOfTheTerms_isRefused() {
        var anotherPayee = terms("exact", DevFacilitator.NETWORK, 10_000, payer.address());
        String valueMismatch = "invalid_exact_evm_payload_authorization_value_mismatch";

        assertRefused(facilitator, request(signed(terms(9_999)), terms), valueMismatch);
        assertRefused(facilitator, request(signed(terms(10_001)), terms), valueMismatch);
        assertRefused(
                facilitator, request(signed(anotherPayee), terms), "invalid_exact_evm_payload_recipient_mismatch");
    }

    @Test
    void payment_notSigned_isRefused() {
        var good = signed(terms);
        String reason = "invalid_exact_evm_payload_signature";

        assertRefused(facilitator, request(with(good, BigInteger.ONE), terms), reason);
        assertRefused(facilitator, request(with(good, good.signature() + "00"), terms), reason);
        assertRefused(facilitator, request(with(good, "0x"), terms), reason);
    }

    @Test
    void payment_ofAnotherKind_isRefused() {
        var base = new Network("eip155:8453");
        var onBase = terms("exact", base, 10_000, PAYEE);
        var upTo = terms("upto", DevFacilitator.NETWORK, 10_000, PAYEE);

        assertRefused(facilitator, request(new SchemePayload.Solana("AQ=="), terms), "invalid_payload");
        assertRefused(facilitator, request(signed(onBase), onBase), "invalid_network");
        assertRefused(facilitator, request(signed(upTo), upTo), "unsupported_scheme");
    }

    private static void assertRefused(DevFacilitator facilitator, FacilitatorRequest request, String reason) {
        VerifyResponse verified = facilitator.verify(request);
        SettleResponse settled = facilitator.settle(request);

        assertThat(verified.isValid()).isFalse();
        assertThat(verified.invalidReason()).isEqualTo(reason);
        assertThat(settled.success()).isFalse();
        assertThat(settled.errorReason()).isEqualTo(reason);
        assertThat(settled.transaction()).isEmpty();
    }

    @Test
    void settle_sameAuthorizationAtOnce_chargesOnce() throws Exception {
        var request = request();
        var start = new CyclicBarrier(16);
        Callable<SettleResponse> settle = () -> {
            start.await();
            return facilitator.settle(request);
        };
        Set<SettleResponse> answers = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    IntStream.range(0, 16).mapToObj(i -> threads.submit(settle)).toList();
            for (var one : all) answers.add(one.get());
        }

        assertThat(answers).singleElement().extracting(SettleResponse::success).isEqualTo(true);
        assertThat(facilitator.balanceOf(payer.address())).isEqualTo(START.subtract(terms.amount()));
    }

    @Test
    void accounts_morePayersThanTheLimit_areUnavailableAndTheOthersGoOn() {
        var small = facilitator(new DevLimits(START, 2, 1_000));
        assertThat(small.settle(request()).success()).isTrue();

        var stranger = Eip3009Signer.random().sign(terms, Instant.EPOCH, now.plusSeconds(60));

        assertFull(small, request(stranger, terms));
        assertThat(small.settle(request()).success()).isTrue();
    }

    @Test
    void settlements_moreThanTheLimit_areUnavailableAndOldOnesKeepTheirAnswer() {
        var small = facilitator(new DevLimits(START, 100, 1));
        var first = request();
        SettleResponse answer = small.settle(first);

        assertFull(small, request());
        assertThat(small.settle(first)).isEqualTo(answer);
        assertThat(small.balanceOf(payer.address())).isEqualTo(START.subtract(terms.amount()));
    }

    private static void assertFull(DevFacilitator facilitator, FacilitatorRequest request) {
        for (Runnable call : List.<Runnable>of(() -> facilitator.verify(request), () -> facilitator.settle(request))) {
            assertThatExceptionOfType(FacilitatorUnavailableException.class)
                    .isThrownBy(call::run)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo("dev_facilitator_full"))
                    .satisfies(e -> assertThat(e.reach()).isEqualTo(FacilitatorUnavailableException.Reach.NOT_REACHED));
        }
    }

    @Test
    void limits_withoutRoom_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DevLimits(BigInteger.ONE, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new DevLimits(BigInteger.ONE.negate(), 1, 1));
        assertThat(DevLimits.defaults().startingBalance()).isEqualTo(BigInteger.valueOf(100_000_000));
    }

    private static SchemePayload.Eip3009 with(SchemePayload.Eip3009 payload, BigInteger value) {
        return with(payload, payload.signature(), value);
    }

    private static SchemePayload.Eip3009 with(SchemePayload.Eip3009 payload, String signature) {
        return with(payload, signature, payload.value());
    }

    private static SchemePayload.Eip3009 with(SchemePayload.Eip3009 payload, String signature, BigInteger value) {
        return new SchemePayload.Eip3009(
                signature,
                payload.from(),
                payload.to(),
                value,
                payload.validAfter(),
                payload.validBefore(),
                payload.nonce());
    }
}
