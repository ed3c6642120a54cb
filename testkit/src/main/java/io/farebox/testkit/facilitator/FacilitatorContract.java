package io.farebox.testkit.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Facilitator;
import io.farebox.gate.SettleVerdict;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Facilitator} must do that reaches an honest one. */
public abstract class FacilitatorContract {
    private static final int AT_ONCE = 16;

    /** The one under test. */
    protected abstract Facilitator facilitator();

    /** The n-th payment, each another one, that it should accept. */
    protected abstract FacilitatorRequest payable(int n);

    /** Who pays in them: canonical. */
    protected abstract String payer();

    /** How often this payment was charged on the chain behind it. */
    protected abstract int charges(FacilitatorRequest request);

    @Test
    void id_always_isTheSame() {
        assertThat(facilitator().id()).isNotEmpty().isEqualTo(facilitator().id());
    }

    @Test
    void verify_goodPayment_isValidAndChargesNothing() {
        FacilitatorRequest request = payable(1);
        VerifyResponse answer = facilitator().verify(request);
        assertThat(answer.isValid()).isTrue();
        assertThat(answer.payer()).isEqualToIgnoringCase(payer());
        assertThat(charges(request)).isZero();
    }

    @Test
    void verify_payingTooLittle_isInvalidWithReason() {
        VerifyResponse answer = facilitator().verify(dearer(payable(1)));
        assertThat(answer.isValid()).isFalse();
        assertThat(answer.invalidReason()).isNotEmpty();
    }

    @Test
    void settle_goodPayment_isChargedOnce() {
        FacilitatorRequest request = payable(1);
        assertThat(verdict(request, facilitator().settle(request))).isEqualTo(SettleVerdict.CHARGED);
        assertThat(charges(request)).isOne();
    }

    @Test
    void settle_payingTooLittle_isNotCharged() {
        FacilitatorRequest request = payable(1);
        SettleResponse answer = facilitator().settle(dearer(request));
        assertThat(verdict(request, answer)).isEqualTo(SettleVerdict.NOT_CHARGED);
        assertThat(charges(request)).isZero();
    }

    @Test
    void settle_askedAgain_neverDeniesTheChargeNorRepeatsIt() {
        FacilitatorRequest request = payable(1);
        SettleResponse first = facilitator().settle(request);
        SettleResponse again = facilitator().settle(request);
        assertThat(verdict(request, again)).isNotEqualTo(SettleVerdict.NOT_CHARGED);
        if (again.success()) assertThat(again.transaction()).isEqualTo(first.transaction());
        assertThat(charges(request)).isOne();
    }

    @Test
    void settle_differentPayments_areChargedEach() {
        SettleResponse first = facilitator().settle(payable(1));
        SettleResponse second = facilitator().settle(payable(2));
        assertThat(first.success()).isTrue();
        assertThat(second.success()).isTrue();
        assertThat(first.transaction()).isNotEqualTo(second.transaction());
    }

    @Test
    void settle_samePaymentManyTimesAtOnce_isChargedOnce() throws Exception {
        FacilitatorRequest request = payable(1);
        List<SettleResponse> answers = atOnce(() -> facilitator().settle(request));
        assertThat(answers)
                .hasSize(AT_ONCE)
                .allMatch(answer -> verdict(request, answer) != SettleVerdict.NOT_CHARGED)
                .anyMatch(answer -> verdict(request, answer) == SettleVerdict.CHARGED);
        assertThat(charges(request)).isOne();
    }

    private SettleVerdict verdict(FacilitatorRequest request, SettleResponse answer) {
        return SettleVerdict.of(answer, request.requirements(), payer());
    }

    private static FacilitatorRequest dearer(FacilitatorRequest request) {
        PaymentRequirements terms = request.requirements();
        PaymentRequirements dearer = new PaymentRequirements(
                terms.scheme(),
                terms.network(),
                terms.amount().add(BigInteger.ONE),
                terms.asset(),
                terms.payTo(),
                terms.maxTimeoutSeconds(),
                terms.extra());
        return new FacilitatorRequest(request.payment(), dearer, request.resource());
    }

    private static <T> List<T> atOnce(Callable<T> call) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) futures.add(threads.submit(call));
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) results.add(future.get());
            return results;
        }
    }
}
