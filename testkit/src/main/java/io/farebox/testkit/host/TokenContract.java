package io.farebox.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.Header;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every host of the gate must do with prepaid credentials: giving them out, taking them, and never letting one out of sight. */
public abstract class TokenContract extends HostContract {
    private static final Header TX = new Header("X-PAYMENT-TX", "0x" + "7a".repeat(32));
    private static final Header CHAIN = new Header("X-PAYMENT-CHAIN", "base-sepolia");
    private static final Header NEW = new Header("X-PAYMENT-TOKEN", "new");
    private static final String BUNDLE = "/.farebox/bundles/two";
    private static final String TOKEN = "/.farebox/token";

    @BeforeEach
    final void takeTokens() {
        fixture.close();
        fixture = GateFixture.takingTokens();
    }

    private static Header token(String text) {
        return new Header("X-PAYMENT-TOKEN", text);
    }

    private static Header key(String text) {
        return new Header("Idempotency-Key", text);
    }

    private static String left(RawAnswer answer) {
        return Objects.requireNonNull(answer.header("X-PAYMENT-REQUESTS-LEFT"), answer::toString);
    }

    private static String reason(RawAnswer answer) {
        return Json.readObject(answer.body()).string("error");
    }

    private Header proof(String target) throws IOException {
        JsonObject option =
                Json.readObject(get(target).body()).objects("paymentOptions").getLast();
        return new Header("X-PAYMENT-PROOF", "eip712 " + option.string("challenge") + " 0x" + "11".repeat(65));
    }

    /** One of a balance of three prices, of which one is spent to get it. */
    private Header fromTransfer() throws IOException {
        RawAnswer answer = get("/paid/plain", TX, CHAIN, proof("/paid/plain"), NEW);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(left(answer)).isEqualTo("2");
        return token(Objects.requireNonNull(answer.header("X-PAYMENT-TOKEN")));
    }

    private Header fromBundle() throws IOException {
        RawAnswer answer = send("POST", BUNDLE, "", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("PAYMENT-RESPONSE")).isNotNull();
        return token(Json.readObject(answer.body()).string("token"));
    }

    @Test
    void ofATransfer_paysUntilTheBalanceIsEmpty() throws IOException {
        Header token = fromTransfer();
        assertThat(token.value()).matches("farebox_[A-Za-z0-9_-]{43}");
        RawAnswer answer = get("/paid/plain", token);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-PAYMENT-BALANCE")).isEqualTo("10000");
        assertThat(answer.header("X-PAYMENT-IDEMPOTENCY")).startsWith("none");
        assertThat(answer.header("X-PAYMENT-TOKEN-EXPIRES")).startsWith("20");
        assertThat(answer.header("X-PAYMENT-TOKEN")).isNull();
        assertThat(answer.header("Cache-Control")).contains("private");
        assertThat(answer.header("PAYMENT-RESPONSE")).isNotNull();
        assertThat(left(get("/upfront/plain", token))).isEqualTo("0");
        RawAnswer empty = get("/paid/plain", token);
        assertThat(empty.status()).isEqualTo(402);
        assertThat(reason(empty)).isEqualTo("insufficient_funds");
        requireNoLeak(empty);
        assertThat(resource.calls()).isEqualTo(3);
    }

    @Test
    void bundle_isSoldToBothVersionsAndCountsRequests() throws IOException {
        RawAnswer offered = send("POST", BUNDLE, "");
        assertThat(offered.status()).isEqualTo(402);
        assertThat(offered.header("PAYMENT-REQUIRED")).isNotNull();
        for (int version : new int[] {1, 2}) {
            RawAnswer bought = send("POST", BUNDLE, "", fixture.pay(version));
            assertThat(bought.status()).isEqualTo(201);
            assertThat(bought.header(receipt(version))).isNotNull();
            assertThat(Json.readObject(bought.body()).string("requestsLeft")).isEqualTo(Integer.toString(2 * version));
        }
        Header token = fromBundle();
        assertThat(fixture.charges()).isEqualTo(3);
        for (int i = 5; i >= 0; i--) assertThat(left(get("/paid/plain", token))).isEqualTo(Integer.toString(i));
        assertThat(reason(get("/paid/plain", token))).isEqualTo("insufficient_funds");
        assertThat(resource.calls()).isEqualTo(6);
    }

    @Test
    void bundle_paysForItsRoutesOnly() throws IOException {
        RawAnswer answer = get("/upfront/plain", fromBundle());
        assertThat(answer.status()).isEqualTo(402);
        assertThat(reason(answer)).isEqualTo("token_not_for_route");
        assertThat(resource.calls()).isZero();
    }

    @Test
    void bundleWhoseTokenCannotBeWritten_isOwed() throws IOException {
        fixture.tokens().failNext(1);
        RawAnswer failed = send("POST", BUNDLE, "", fixture.pay(2));
        assertThat(failed.status()).isEqualTo(503);
        assertThat(reason(failed)).isEqualTo("token_not_issued");
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.OWED);
        Header token = fromBundle();
        assertThat(fixture.charges()).isOne();
        assertThat(left(get("/paid/plain", token))).isEqualTo("1");
    }

    @Test
    void failingResource_takesNothing() throws IOException {
        Header token = fromTransfer();
        RawAnswer failed = get("/paid/500", token);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(left(failed)).isEqualTo("2");
        assertThat(left(get("/paid/plain", token))).isEqualTo("1");
    }

    @Test
    void answerThatBreaksOff_isServedAgainOnWhatWasTaken() throws IOException {
        Header token = fromTransfer();
        // On a connection that would stay open: a body that ends with its connection cannot break off visibly.
        RawAnswer broken = get("/paid/broken", token, new Header("Connection", "keep-alive"));
        assertThat(broken.whole()).isFalse();
        fixture.requireNothingOpen();
        assertThat(left(get("/paid/plain", token))).isEqualTo("1");
        assertThat(left(get("/paid/plain", token))).isEqualTo("0");
    }

    @Test
    void key_makesAskingAgainNoSecondPayment() throws IOException {
        Header token = fromTransfer();
        RawAnswer first = get("/paid/plain", token, key("order-1"));
        assertThat(first.header("X-PAYMENT-IDEMPOTENCY")).isEqualTo("key");
        RawAnswer again = get("/paid/plain", token, key("order-1"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(reason(again)).isEqualTo("payment_already_used");
        assertThat(again.header("PAYMENT-RESPONSE")).isEqualTo(first.header("PAYMENT-RESPONSE"));
        RawAnswer other = get("/paid/echo", token, key("order-1"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(reason(other)).isEqualTo("idempotency_key_conflict");
        assertThat(left(get("/paid/plain", token, key("order-2")))).isEqualTo("0");
        assertThat(get("/paid/plain", token, key("a b")).status()).isEqualTo(400);
        assertThat(get("/paid/plain", token, key("a"), key("b")).status()).isEqualTo(400);
        assertThat(get("/paid/plain", token, key("a".repeat(256))).status()).isEqualTo(400);
    }

    @Test
    void keyOfARequestThatFailed_isGoodForTheNextAttempt() throws IOException {
        Header token = fromTransfer();
        assertThat(get("/paid/500", token, key("order-1")).status()).isEqualTo(500);
        assertThat(get("/paid/500", token, key("order-1")).status()).isEqualTo(500);
        assertThat(left(get("/paid/plain", token, key("order-2")))).isEqualTo("1");
    }

    @Test
    void holder_asksAndEndsIt() throws IOException {
        Header token = fromTransfer();
        RawAnswer asked = get(TOKEN, token);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.header("Cache-Control")).isEqualTo("no-store");
        assertThat(Json.readObject(asked.body()).string("balance")).isEqualTo("20000");
        assertThat(asked.wire()).doesNotContain(token.value());
        RawAnswer ended = send("DELETE", TOKEN, "", token);
        assertThat(ended.status()).isEqualTo(204);
        assertThat(send("DELETE", TOKEN, "", token).status()).isEqualTo(204);
        assertThat(reason(get(TOKEN, token))).isEqualTo("token_revoked");
        RawAnswer refused = get("/paid/plain", token);
        assertThat(refused.status()).isEqualTo(402);
        assertThat(reason(refused)).isEqualTo("token_revoked");
        assertThat(resource.calls()).isOne();
    }

    @Test
    void expired_paysNoMore() throws IOException {
        Header token = fromTransfer();
        fixture.skip(java.time.Duration.ofHours(24));
        assertThat(reason(get("/paid/plain", token))).isEqualTo("token_expired");
        assertThat(get(TOKEN, token).status()).isEqualTo(403);
    }

    @Test
    void guessed_reachesNobody() throws IOException {
        Header real = fromTransfer();
        int asked = fixture.tokens().asked();
        String text = real.value();
        char last = text.charAt(text.length() - 2);
        for (String guess : new String[] {
            "farebox_" + "A".repeat(43),
            text.substring(0, text.length() - 2) + (last == 'A' ? 'B' : 'A') + text.charAt(text.length() - 1),
            text + "A",
            text.substring(0, text.length() - 1)
        }) {
            RawAnswer answer = get("/paid/plain", token(guess));
            assertThat(answer.status()).isEqualTo(402);
            assertThat(reason(answer)).isEqualTo("token_unknown");
            assertThat(get(TOKEN, token(guess)).status()).isEqualTo(403);
        }
        assertThat(get("/paid/plain", token("Bearer abc")).status()).isEqualTo(400);
        assertThat(get("/paid/plain", token("farebox_" + "A".repeat(3_000))).status())
                .isEqualTo(402);
        assertThat(fixture.tokens().asked()).isEqualTo(asked);
        assertThat(resource.calls()).isOne();
    }

    @Test
    void besideAnotherPayment_isRefused() throws IOException {
        Header token = fromTransfer();
        assertThat(get("/paid/plain", token, token).status()).isEqualTo(400);
        assertThat(get("/paid/plain", token, NEW).status()).isEqualTo(400);
        for (int version : new int[] {1, 2})
            assertThat(get("/paid/plain", token, fixture.pay(version)).status()).isEqualTo(400);
        assertThat(get("/paid/plain", token, TX, CHAIN, proof("/paid/plain")).status())
                .isEqualTo(400);
        assertThat(get(TOKEN, token, token).status()).isEqualTo(400);
        assertThat(get(TOKEN).status()).isEqualTo(400);
        assertThat(resource.calls()).isOne();
    }

    @Test
    void inTheUrl_isRefused() throws IOException {
        Header token = fromTransfer();
        for (String target : new String[] {"/paid/plain?token=" + token.value(), "/paid/" + token.value()}) {
            assertThat(get(target).status()).isEqualTo(400);
            assertThat(reason(get(target, token))).isEqualTo("token_in_url");
        }
        assertThat(get(TOKEN + "?t=" + token.value(), token).status()).isEqualTo(400);
        assertThat(get("/paid/plain?q=farebox_" + "A".repeat(43), token).status())
                .isEqualTo(200);
        assertThat(resource.calls()).isEqualTo(2);
    }

    @Test
    void shown_isNotPassedOn() throws IOException {
        RawAnswer answer = get("/paid/echo", fromTransfer(), key("order-1"));
        assertThat(answer.header("Seen-Token")).isEqualTo("null");
        assertThat(answer.header("Seen-Key")).isEqualTo("order-1");
        assertThat(answer.header("Seen-Payer")).isEqualTo(GateFixture.PAYER);
        assertThat(get("/free/echo", NEW).header("Seen-Token")).isEqualTo("null");
    }

    @Test
    void saidByTheResource_isNotBelieved() throws IOException {
        RawAnswer answer = get("/paid/public", fromTransfer());
        assertThat(answer.header("X-PAYMENT-BALANCE")).isEqualTo("10000");
        assertThat(answer.header("X-PAYMENT-TOKEN")).isNull();
        assertThat(get("/paid/public", fixture.pay(2)).header("X-PAYMENT-BALANCE"))
                .isNull();
    }

    @Test
    void ownPaths_neverReachTheResource() throws IOException {
        for (String path : new String[] {"/.farebox/", "/.farebox/bundles/none", "/.FAREBOX/token/x", BUNDLE}) {
            RawAnswer answer = get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
        }
        assertThat(send("POST", TOKEN, "").status()).isEqualTo(405);
        assertThat(send("POST", "/.farebox/bundles/none", "", fixture.pay(2)).status())
                .isEqualTo(404);
        assertThat(resource.calls()).isZero();
    }

    @Test
    void unasked_noTokenIsGivenOut() throws IOException {
        RawAnswer answer = get("/paid/plain", TX, CHAIN, proof("/paid/plain"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-PAYMENT-TOKEN")).isNull();
        assertThat(get("/paid/plain", fixture.pay(2), NEW).header("X-PAYMENT-TOKEN"))
                .isNull();
        assertThat(fixture.tokens().size()).isZero();
    }
}
