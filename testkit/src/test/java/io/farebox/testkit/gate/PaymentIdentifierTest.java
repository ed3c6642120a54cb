package io.farebox.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.Grant;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that names its request may ask again without paying again. */
class PaymentIdentifierTest {
    private static final String ID = "pay_7d5d747be160e280504c099d984bcfe0";

    private final GateRig rig = new GateRig();

    @AfterEach
    void close() {
        rig.gate.close();
    }

    private Admission.Refused refused(GateRig.Request request) {
        return (Admission.Refused) rig.admit(request);
    }

    @Test
    void challenge_saysThatOneMayBeSent() {
        Decision.Answer answer = (Decision.Answer) rig.gate.decide(GateRig.Request.get("/weather"));

        String header = answer.response().headers().stream()
                .filter(one -> one.name().equals("PAYMENT-REQUIRED"))
                .findFirst()
                .orElseThrow()
                .value();
        JsonObject extension = Objects.requireNonNull(
                Base64Json.decode(header).object("extensions").objectOrNull("payment-identifier"));
        assertThat(extension.object("info").bool("required")).isFalse();
        assertThat(extension.object("schema").object("properties").members()).containsOnlyKeys("required", "id");
    }

    @Test
    void deliveredRequest_askedAgain_isAnsweredWithItsReceipt_andNotCharged() {
        Grant grant = rig.grant(rig.named(ID));
        rig.gate.settle(grant, 200);
        rig.gate.delivered(grant);

        Admission.Refused again = refused(rig.named(ID));

        assertThat(again.response().status()).isEqualTo(409);
        assertThat(again.response().headers()).anyMatch(one -> one.name().equals("PAYMENT-RESPONSE"));
        assertThat(rig.first.ledger().charges()).isOne();
    }

    @Test
    void requestWhoseAnswerBrokeOff_isServedAgain_andNotCharged() {
        Grant grant = rig.grant(rig.named(ID));
        rig.gate.settle(grant, 200);
        rig.gate.brokenOff(grant, "client_gone");

        Grant again = rig.grant(rig.named(ID));
        rig.gate.settle(again, 200);
        rig.gate.delivered(again);

        assertThat(rig.first.ledger().charges()).isOne();
    }

    /** A header may make the same target another, dearer answer: what is owed of the cheap one must not buy it. */
    @Test
    void requestWhoseAnswerBrokeOff_buysNoDearerAnswer() {
        GateRig.Request cheap = rig.paid(rig.authorization());
        Grant grant = rig.grant(cheap);
        rig.gate.settle(grant, 200);
        rig.gate.brokenOff(grant, "client_gone");
        rig.rule("gold", 1_000_000);

        assertThat(refused(cheap).response().status()).isEqualTo(409);
        rig.rule("", 10_000);
        assertThat(rig.admit(cheap)).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void dearerAnswerOfThatName_isAnotherRequest() {
        Grant grant = rig.grant(rig.named(ID));
        rig.gate.settle(grant, 200);
        rig.gate.brokenOff(grant, "client_gone");
        rig.rule("gold", 1_000_000);

        assertThat(refused(rig.named(ID)).reason()).isEqualTo("payment_identifier_conflict");
    }

    @Test
    void requestUnderWay_isNotRunTwice() {
        rig.grant(rig.named(ID));

        assertThat(refused(rig.named(ID)).response().status()).isEqualTo(409);
    }

    @Test
    void anotherRequestOfThatName_isRefused_withoutAChallenge() {
        rig.grant(rig.named(ID));

        Admission.Refused other = refused(rig.named(ID).method("POST"));

        assertThat(other.reason()).isEqualTo("payment_identifier_conflict");
        assertThat(other.response().status()).isEqualTo(409);
        assertThat(other.response().headers()).noneMatch(one -> one.name().equals("PAYMENT-REQUIRED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "has space 0123456789",
                "dots.not.allowed.here",
                "\u00fcn\u00efcode0123456789",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void identifierOfTheWrongForm_is400(String identifier) {
        Decision.Answer answer = (Decision.Answer) rig.gate.decide(rig.named(identifier));

        assertThat(answer.response().status()).isEqualTo(400);
        assertThat(GateRig.json(answer.response().body()).string("error")).isEqualTo("invalid_payment_identifier");
    }

    @Test
    void echoedDeclaration_isNoIdentifier() {
        rig.grant(rig.echoing());
        rig.grant(rig.echoing());
    }
}
