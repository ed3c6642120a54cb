package io.farebox.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.Header;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.facilitator.Act;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every host of the gate must do with requests that show a transfer instead of a signed payment. */
public abstract class TransferContract extends HostContract {
    private static final Header TX = new Header("X-PAYMENT-TX", "0x" + "7a".repeat(32));
    private static final Header CHAIN = new Header("X-PAYMENT-CHAIN", "base-sepolia");

    @BeforeEach
    final void takeTransfers() {
        fixture.close();
        fixture = GateFixture.takingTransfers();
    }

    private Header proof(String target) throws IOException {
        return proof(target, "0x" + "11".repeat(65));
    }

    private Header proof(String target, String signature) throws IOException {
        RawAnswer answer = get(target);
        assertThat(answer.status()).isEqualTo(402);
        JsonObject option =
                Json.readObject(answer.body()).objects("paymentOptions").getLast();
        assertThat(option.string("type")).isEqualTo("direct_transfer");
        return new Header("X-PAYMENT-PROOF", "eip712 " + option.string("challenge") + " " + signature);
    }

    @Test
    void shown_isServedOnce() throws IOException {
        Header proof = proof("/paid/plain");
        RawAnswer answer = get("/paid/plain", TX, CHAIN, proof);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SampleResource.SECRET);
        assertThat(answer.header("Cache-Control")).contains("private");
        JsonObject receipt = Base64Json.decode(Objects.requireNonNull(answer.header("PAYMENT-RESPONSE")));
        assertThat(receipt.string("payer")).isEqualTo(GateFixture.PAYER);
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);

        RawAnswer again = get("/paid/plain", TX, CHAIN, proof);
        assertThat(again.status()).isEqualTo(409);
        requireNoLeak(again);
        assertThat(fixture.charges()).isOne();
        assertThat(resource.calls()).isOne();
    }

    @Test
    void shown_isNotPassedOn() throws IOException {
        RawAnswer answer = get("/paid/echo", TX, CHAIN, proof("/paid/echo"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Seen-Transfer")).isEqualTo("nullnullnull");
        assertThat(answer.header("Seen-Payer")).isEqualTo(GateFixture.PAYER);
        assertThat(get("/free/echo", TX, CHAIN, new Header("X-PAYMENT-PROOF", "eip712 c1 0x11"))
                        .header("Seen-Transfer"))
                .isEqualTo("nullnullnull");
    }

    @Test
    void unprovenOrForged_isAskedToPay() throws IOException {
        assertThat(get("/paid/plain", TX, CHAIN).status()).isEqualTo(402);
        RawAnswer forged = get("/paid/plain", TX, CHAIN, proof("/paid/plain", "0xbad0"));
        assertThat(forged.status()).isEqualTo(402);
        assertThat(forged.body()).contains("transfer_proof_invalid");
        requireNoLeak(forged);
        assertThat(get("/paid/plain", TX, CHAIN, proof("/paid/other")).body()).contains("transfer_challenge_unknown");
        assertThat(fixture.book().all()).isEmpty();
        assertThat(resource.calls()).isZero();
    }

    @Test
    void malformedOrBesideAnotherPayment_isRefused() throws IOException {
        assertThat(get("/paid/plain", TX).status()).isEqualTo(400);
        assertThat(get("/paid/plain", TX, TX, CHAIN).status()).isEqualTo(400);
        for (int version : new int[] {1, 2}) {
            RawAnswer two = get("/paid/plain", TX, CHAIN, proof("/paid/plain"), fixture.pay(version));
            assertThat(two.status()).isEqualTo(400);
        }
        assertThat(resource.calls()).isZero();
    }

    @Test
    void failingResource_chargesNothing() throws IOException {
        assertThat(get("/paid/500", TX, CHAIN, proof("/paid/500")).status()).isEqualTo(500);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.RELEASED);
        assertThat(fixture.charges()).isZero();
    }

    @Test
    void emptyBalance_isAskedToPay() throws IOException {
        fixture.facilitator().onVerify(new Act.Decline("insufficient_funds"));
        RawAnswer answer = get("/upfront/plain", TX, CHAIN, proof("/upfront/plain"));
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.body()).contains("insufficient_funds");
        assertThat(resource.calls()).isZero();
    }

    @Test
    void overdrawnWhileTheResourceRan_leaksNothing() throws IOException {
        fixture.facilitator().onSettle(new Act.Decline("insufficient_funds"));
        RawAnswer answer = get("/paid/cookie", TX, CHAIN, proof("/paid/cookie"));
        assertThat(answer.status()).isEqualTo(402);
        requireNoLeak(answer);
    }
}
