package io.farebox.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.GateEvent;
import io.farebox.gate.GateResponse;
import io.farebox.gate.Grant;
import io.farebox.gate.Header;
import io.farebox.gate.Mode;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Settlement;
import io.farebox.testkit.facilitator.Act;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTest {
    private GateRig rig = new GateRig();

    @AfterEach
    void close() {
        rig.gate.close();
    }

    @Test
    void decide_freeRoute() {
        assertThat(rig.gate.decide(GateRig.Request.get("/free"))).isInstanceOf(Decision.Free.class);
        assertThat(rig.gate.decide(GateRig.Request.get("/elsewhere"))).isInstanceOf(Decision.Free.class);
    }

    @Test
    void decide_unpaid() {
        GateResponse response = answer(GateRig.Request.get("/weather"));

        assertThat(response.status()).isEqualTo(402);
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        JsonObject body = GateRig.json(response.body());
        assertThat(body.integer("x402Version")).isEqualTo(1);
        assertThat(body.objects("accepts").getFirst().string("maxAmountRequired"))
                .isEqualTo("10000");
        assertThat(body.objects("accepts").getFirst().string("resource")).isEqualTo("https://api.example.com/weather");
        assertThat(body.objects("paymentOptions")).hasSize(2);
        JsonObject v2 = Base64Json.decode(header(response, "PAYMENT-REQUIRED"));
        assertThat(v2.object("resource").string("url")).isEqualTo("https://api.example.com/weather");
        assertThat(v2.objects("accepts").getFirst().string("network")).isEqualTo("eip155:84532");
    }

    @Test
    void decide_unpaidAgain_sameAnswerObject() {
        GateResponse one = answer(GateRig.Request.get("/weather"));
        assertThat(answer(GateRig.Request.get("/weather"))).isSameAs(one);
    }

    @Test
    void decide_head_pricedLikeGet() {
        assertThat(answer(GateRig.Request.get("/weather").method("HEAD")).status())
                .isEqualTo(402);
    }

    @Test
    void decide_refusedPath() {
        assertThat(answer(GateRig.Request.get("/closed")).status()).isEqualTo(404);
    }

    @Test
    void decide_twoPayments() {
        var request = rig.paid(rig.authorization()).with("X-PAYMENT", "e30=");
        assertThat(answer(request).status()).isEqualTo(400);
        assertThat(answer(GateRig.Request.get("/weather").with("X-PAYMENT", "a", "b"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void decide_malformed() {
        for (String header :
                new String[] {"", "!!", "e30=", "bnVsbA==", "W10=", "eyJ4NDAyVmVyc2lvbiI6MX0=", "A".repeat(20_000)}) {
            GateResponse response = answer(GateRig.Request.get("/weather").with("PAYMENT-SIGNATURE", header));
            assertThat(response.status()).as(header).isEqualTo(400);
        }
    }

    @Test
    void decide_preflight() {
        rig = new GateRig(Mode.ENFORCE, Set.of("https://app.example.com"));
        var preflight = GateRig.Request.get("/weather")
                .method("OPTIONS")
                .with("Origin", "https://app.example.com")
                .with("Access-Control-Request-Method", "GET");

        GateResponse response = answer(preflight);

        assertThat(response.status()).isEqualTo(204);
        assertThat(header(response, "Access-Control-Allow-Headers")).contains("PAYMENT-SIGNATURE", "X-PAYMENT");
        assertThat(answer(GateRig.Request.get("/weather").method("OPTIONS")).status())
                .isEqualTo(402);
    }

    @Test
    void decide_observe() {
        rig = new GateRig(Mode.OBSERVE, Set.of());
        assertThat(rig.gate.decide(GateRig.Request.get("/weather"))).isInstanceOf(Decision.Free.class);
        assertThat(rig.events).contains(new GateEvent.Passed("weather", GateEvent.Passed.Why.OBSERVED));
    }

    @Test
    void decide_authenticated() {
        assertThat(rig.gate.decide(GateRig.Request.get("/weather").known())).isInstanceOf(Decision.Free.class);
    }

    @Test
    void paid_v2() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        rig.gate.delivered(grant);

        assertThat(rig.first.ledger().charges()).isOne();
        assertThat(only().state()).isEqualTo(PaymentState.SETTLED);
        assertThat(rig.gate.inFlight()).isZero();
    }

    @Test
    void paid_v1() {
        Grant grant = rig.grant(rig.paidV1(rig.authorization()));
        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
    }

    @Test
    void paid_upstreamFails_notCharged_samePaymentUsable() {
        var request = rig.paid(rig.authorization());
        Grant grant = rig.grant(request);

        assertThat(rig.gate.settle(grant, 500)).isInstanceOf(Settlement.NotDue.class);
        assertThat(rig.first.settleCalls()).isZero();

        Grant again = rig.grant(request);
        assertThat(rig.gate.settle(again, 200)).isInstanceOf(Settlement.Settled.class);
    }

    @Test
    void paid_releasedTooOften() {
        var request = rig.paid(rig.authorization());
        for (int i = 0; i < 3; i++) rig.gate.settle(rig.grant(request), 404);
        assertThat(refused(request).status()).isEqualTo(402);
    }

    @Test
    void replay_whileRunning() {
        var authorization = rig.authorization();
        rig.grant(rig.paid(authorization));
        assertThat(refused(rig.paid(authorization)).status()).isEqualTo(409);
        assertThat(refused(rig.paidV1(authorization)).status()).isEqualTo(409);
    }

    @Test
    void replay_afterDelivery_receiptAndNoChallenge() {
        var request = rig.paid(rig.authorization());
        Grant grant = rig.grant(request);
        rig.gate.settle(grant, 200);
        rig.gate.delivered(grant);

        GateResponse response = refused(request);

        assertThat(response.status()).isEqualTo(409);
        assertThat(Base64Json.decode(header(response, "PAYMENT-RESPONSE")).bool("success"))
                .isTrue();
        assertThat(response.headers()).extracting(Header::name).doesNotContain("PAYMENT-REQUIRED");
    }

    @Test
    void forged_neverReachesBookOrFacilitator() {
        GateResponse response = refused(rig.paid(rig.authorization(GateRig.FORGED, 7)));

        assertThat(response.status()).isEqualTo(402);
        assertThat(rig.book.all()).isEmpty();
        assertThat(rig.first.verifyCalls()).isZero();
    }

    @Test
    void contractWallet_verifiedBeforeClaim() {
        rig.first.onVerify(new Act.Decline("invalid_exact_evm_payload_signature"));
        assertThat(refused(rig.paid(rig.authorization(GateRig.CONTRACT, 7))).status())
                .isEqualTo(402);
        assertThat(rig.book.all()).isEmpty();

        rig.grant(rig.paid(rig.authorization(GateRig.CONTRACT, 8)));
        assertThat(rig.first.verifyCalls()).isEqualTo(2);
    }

    @Test
    void tampered_terms() {
        var cheaper = GateRig.requirements(1);
        assertThat(refused(rig.paid(rig.authorization(), cheaper)).status()).isEqualTo(402);
        assertThat(rig.book.all()).isEmpty();
    }

    @Test
    void wrongAmount_or_window() {
        var good = rig.authorization();
        var more = new io.farebox.x402.SchemePayload.Eip3009(
                good.signature(),
                good.from(),
                good.to(),
                BigInteger.valueOf(10_001),
                good.validAfter(),
                good.validBefore(),
                good.nonce());
        var late = new io.farebox.x402.SchemePayload.Eip3009(
                good.signature(),
                good.from(),
                good.to(),
                good.value(),
                good.validAfter(),
                BigInteger.valueOf(rig.now.getEpochSecond() + 5),
                good.nonce());
        var endless = new io.farebox.x402.SchemePayload.Eip3009(
                good.signature(),
                good.from(),
                good.to(),
                good.value(),
                good.validAfter(),
                BigInteger.TWO.pow(200),
                good.nonce());
        for (var bad : new io.farebox.x402.SchemePayload.Eip3009[] {more, late, endless}) {
            assertThat(refused(rig.paid(bad)).status()).isEqualTo(402);
        }
        assertThat(rig.book.all()).isEmpty();
    }

    @Test
    void settleDeclined_failedReceiptAndChallenge() {
        rig.first.onSettle(new Act.Decline("insufficient_funds"));
        Grant grant = rig.grant(rig.paid(rig.authorization()));

        Settlement settlement = rig.gate.settle(grant, 200);

        assertThat(settlement).isInstanceOfSatisfying(Settlement.Failed.class, failed -> {
            assertThat(failed.response().status()).isEqualTo(402);
            assertThat(header(failed.response(), "PAYMENT-RESPONSE")).isNotEmpty();
            assertThat(header(failed.response(), "PAYMENT-REQUIRED")).isNotEmpty();
        });
        assertThat(only().state()).isEqualTo(PaymentState.FAILED);
    }

    @Test
    void facilitatorDown_nextOneIsPaid() {
        rig.facilitators.add(rig.second);
        rig.first.alwaysVerify(new Act.Unreachable());
        rig.first.alwaysSettle(new Act.Unreachable());

        Grant grant = rig.grant(rig.paid(rig.authorization()));

        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        assertThat(rig.second.settleCalls()).isOne();
    }

    @Test
    void allDown_503WithoutChallenge_samePaymentUsableLater() {
        var request = rig.paid(rig.authorization());
        rig.first.onVerify(new Act.Unreachable());

        assertThat(rig.admit(request)).isInstanceOfSatisfying(Admission.Unavailable.class, unavailable -> {
            assertThat(unavailable.response().status()).isEqualTo(503);
            assertThat(unavailable.response().headers())
                    .extracting(Header::name)
                    .contains("Retry-After");
            assertThat(unavailable.response().headers())
                    .extracting(Header::name)
                    .doesNotContain("PAYMENT-REQUIRED");
        });
        rig.grant(request);
    }

    @Test
    void bookDown_503_freeRoutesGoOn() {
        rig.book.failNext(1);
        assertThat(rig.admit(rig.paid(rig.authorization()))).isInstanceOf(Admission.Unavailable.class);
        assertThat(rig.gate.decide(GateRig.Request.get("/free"))).isInstanceOf(Decision.Free.class);
    }

    @Test
    void settle_twice_sameAnswer() {
        Grant grant = rig.grant(rig.paid(rig.authorization()));
        Settlement one = rig.gate.settle(grant, 200);
        assertThat(rig.gate.settle(grant, 500)).isSameAs(one);
        assertThat(rig.first.settleCalls()).isOne();
    }

    private PaymentRecord only() {
        assertThat(rig.book.all()).hasSize(1);
        return rig.book.all().getFirst();
    }

    private GateResponse answer(GateRig.Request request) {
        Decision decision = rig.gate.decide(request);
        assertThat(decision).isInstanceOf(Decision.Answer.class);
        return ((Decision.Answer) decision).response();
    }

    private GateResponse refused(GateRig.Request request) {
        Admission admission = rig.admit(request);
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return ((Admission.Refused) admission).response();
    }

    private static String header(GateResponse response, String name) {
        return response.headers().stream()
                .filter(h -> h.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }
}
