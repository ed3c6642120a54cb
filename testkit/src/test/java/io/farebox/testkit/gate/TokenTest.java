package io.farebox.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Account;
import io.farebox.gate.Admission;
import io.farebox.gate.AnswerHeaders;
import io.farebox.gate.Decision;
import io.farebox.gate.Deposit;
import io.farebox.gate.Grant;
import io.farebox.gate.Header;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Prepaid;
import io.farebox.gate.TokenTerms;
import io.farebox.gate.TransferTerms;
import io.farebox.gate.Transfers;
import io.farebox.testkit.book.InMemoryBalances;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.testkit.book.InMemoryTokens;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gate does with tokens, beyond what every host shows. */
class TokenTest {
    private static final Account ACCOUNT = new Account(GateRig.NETWORK, GateRig.ASSET, GateRig.PAYEE, GateRig.PAYER);

    private final InMemoryTokens tokens = new InMemoryTokens();
    private InMemoryBalances balances;
    private List<String> routes = List.of();
    private GateRig rig;

    @BeforeEach
    void begin() {
        var chain = new TransferTerms.Chain(6, Map.of(GateRig.ASSET, BigInteger.valueOf(10_000)));
        rig = new GateRig(
                new TransferTerms(true, Duration.ofHours(1), Map.of(GateRig.NETWORK, chain)),
                (transfer, asked) -> new Transfers.Taken.Credited(GateRig.PAYER),
                this::prepaid);
        deposit(1, 20_000);
    }

    private Prepaid prepaid(InMemoryBook book) {
        balances = new InMemoryBalances(book);
        return new Prepaid(new TokenTerms(Duration.ofHours(24), routes), tokens, balances);
    }

    private void deposit(int log, long amount) {
        balances.credit(ACCOUNT, List.of(new Deposit("0x7a", log, BigInteger.valueOf(amount))), List.of(), rig.now);
    }

    @AfterEach
    void close() {
        rig.gate.close();
    }

    private static GateRig.Request weather() {
        return GateRig.Request.get("/weather");
    }

    private JsonObject challenged() {
        Decision.Answer answer = (Decision.Answer) rig.gate.decide(weather());
        return GateRig.json(answer.response().body());
    }

    private GateRig.Request with(String token) {
        return weather().with("X-PAYMENT-TOKEN", token);
    }

    /** A token, for which nothing is taken: the rig's facilitator takes from no balance. */
    private String token() {
        String challenge = challenged().objects("paymentOptions").getLast().string("challenge");
        Grant grant = rig.grant(weather()
                .with("X-PAYMENT-TX", "0x" + "7a".repeat(32))
                .with("X-PAYMENT-CHAIN", "base-sepolia")
                .with("X-PAYMENT-PROOF", "eip191 " + challenge + " 0x" + "11".repeat(65))
                .with("X-PAYMENT-TOKEN", "new"));
        rig.gate.settle(grant, 200);
        Headers headers = new Headers();
        rig.gate.completeAnswer(grant, headers);
        rig.gate.delivered(grant);
        return Objects.requireNonNull(headers.get("X-PAYMENT-TOKEN"));
    }

    private String refusal(GateRig.Request request) {
        return switch (rig.gate.decide(request)) {
            case Decision.Answer answer ->
                GateRig.json(answer.response().body()).string("error");
            case Decision.Attempt attempt -> ((Admission.Refused) rig.gate.admit(attempt, "")).reason();
            case Decision.Inquiry inquiry -> throw new AssertionError("asked");
            case Decision.Free free -> throw new AssertionError("free");
        };
    }

    @Test
    void tenThousandGuesses_growNothingAndAskNobody() {
        byte[] guess = new byte[32];
        var random = new SecureRandom();
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(guess);
            String text = "farebox_" + Base64.getUrlEncoder().withoutPadding().encodeToString(guess);
            assertThat(refusal(with(text))).isEqualTo("token_unknown");
        }
        assertThat(tokens.asked()).isZero();
        assertThat(rig.book.all()).isEmpty();
    }

    @Test
    void otherSpellingOfAToken_isNoToken() {
        String token = token();
        // The last of 43 characters has two bits that say nothing.
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            String other = token.substring(0, token.length() - 1) + c;
            if (!other.equals(token)) assertThat(refusal(with(other))).isEqualTo("token_unknown");
        }
        assertThat(rig.admit(with(token))).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void twoAtOnceOnTheLastCent_runOnce() {
        String token = token();
        deposit(2, 5_000);
        Grant one = rig.grant(with(token));
        Grant two = rig.grant(with(token));
        assertThat(refusal(with(token))).isEqualTo("insufficient_funds");
        rig.gate.release(one, "resource_error");
        Grant three = rig.grant(with(token));
        assertThat(refusal(with(token))).isEqualTo("insufficient_funds");
        rig.gate.release(two, "resource_error");
        rig.gate.release(three, "resource_error");
        assertThat(rig.book.all())
                .filteredOn(row -> row.state() == PaymentState.CLAIMED)
                .isEmpty();
    }

    @Test
    void priceThatRose_isWhatATokenPays() {
        String token = token();
        rig.price(15_000);
        Grant grant = rig.grant(with(token));
        assertThat(grant.facts().amount()).isEqualTo(15_000);
        assertThat(refusal(with(token))).isEqualTo("insufficient_funds");
        rig.gate.release(grant, "resource_error");
    }

    @Test
    void tokensAway_is503WithoutAChallenge() {
        String token = token();
        tokens.failNext(1);
        Admission.Unavailable answer = (Admission.Unavailable) rig.admit(with(token));
        assertThat(answer.response().status()).isEqualTo(503);
        assertThat(answer.response().headers()).extracting(Header::name).doesNotContain("PAYMENT-REQUIRED");
        assertThat(rig.book.all()).hasSize(1);
    }

    @Test
    void otherRoutes_areNotPaid() {
        rig.gate.close();
        routes = List.of("report");
        begin();
        assertThat(refusal(with(token()))).isEqualTo("token_not_for_route");
    }

    @Test
    void offered_withoutASecretInTheChallenge() {
        JsonObject option = challenged().objects("paymentOptions").stream()
                .filter(each -> each.string("type").equals("access_token"))
                .findFirst()
                .orElseThrow();
        assertThat(option.string("howTo")).contains("X-PAYMENT-TOKEN", "Idempotency-Key");
    }

    @Test
    void pages_maySendAndReadThem() {
        GateRig.Request asked = weather().method("OPTIONS").with("Origin", "https://app.example.com");
        Decision.Answer preflight =
                (Decision.Answer) rig.gate.decide(asked.with("Access-Control-Request-Method", "GET"));
        assertThat(preflight.response().headers())
                .anyMatch(header -> header.name().equals("Access-Control-Allow-Headers")
                        && header.value().contains("X-PAYMENT-TOKEN"));
        Decision.Answer answer = (Decision.Answer) rig.gate.decide(weather().with("Origin", "https://app.example.com"));
        assertThat(answer.response().headers())
                .anyMatch(header -> header.name().equals("Access-Control-Expose-Headers")
                        && header.value().contains("X-PAYMENT-TOKEN, X-PAYMENT-TOKEN-EXPIRES"));
    }

    @Test
    void notTaken_isNeitherReadNorOffered() {
        rig.gate.close();
        rig = new GateRig();
        assertThat(refusal(with("farebox_x"))).isEqualTo("X-PAYMENT header is required");
        assertThat(rig.gate.decide(GateRig.Request.get("/.farebox/token"))).isInstanceOf(Decision.Free.class);
    }

    /** Headers of an answer that nobody sends. */
    private static final class Headers implements AnswerHeaders {
        private final Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        @Override
        public @Nullable String get(String name) {
            return all.get(name);
        }

        @Override
        public void set(String name, String value) {
            all.put(name, value);
        }

        @Override
        public void remove(String name) {
            all.remove(name);
        }
    }
}
