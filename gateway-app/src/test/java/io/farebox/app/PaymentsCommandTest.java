package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.book.SampleClaim;
import io.farebox.testkit.host.FreePort;
import io.farebox.testkit.host.RawHttp;
import io.farebox.x402.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaymentsCommandTest {
    private static final String TRANSACTION = "0x" + "5e".repeat(32);
    private static final String OPERATOR_ONLY = "admin: { operator: " + Operated.OPERATOR + " }";

    private final Map<String, String> ids = new HashMap<>();

    @TempDir
    private Path folder;

    private String id(String key) {
        return ids.getOrDefault(key, "");
    }

    /** The day of an operator, from a look at what is open to a payer who is forgotten. */
    @Test
    void payments_areSeenDecidedAndErased() throws IOException {
        try (Operated it = Operated.start(folder, OPERATOR_ONLY, ids)) {
            assertThat(it.type("payments")).as(it.err()).isZero();
            assertThat(it.out().lines().toList().getFirst()).startsWith("STATE");
            assertThat(it.out()).contains("unknown  1", "owed     1");
            assertThat(it.type("payments", "list", "--state", "unknown")).isZero();
            assertThat(it.out()).contains(id("unknown"), "base").doesNotContain(id("owed"));
            assertThat(it.type("payments", "list", "--json")).isZero();
            assertThat(Json.readObject(it.out()).objects("payments")).hasSize(2);
            assertThat(it.type("payments", "resolve", id("unknown"), "--as", "charged"))
                    .isOne();
            assertThat(it.err()).contains("Name the transaction");
            assertThat(it.type(
                            "payments",
                            "resolve",
                            id("unknown"),
                            "--as",
                            "charged",
                            "--transaction",
                            TRANSACTION,
                            "--note",
                            "seen at the explorer"))
                    .as(it.err())
                    .isZero();
            assertThat(it.out()).contains("is now SETTLED, delivery OWED, on your word.");
            assertThat(it.type("balances")).as(it.err()).isZero();
            assertThat(it.out()).contains(Operated.AHEAD.payer(), "0.09 USDC", "base");
            assertThat(it.type("balances", "end-tokens", Operated.AHEAD.payer()))
                    .isZero();
            assertThat(it.out()).contains("1 tokens have ended now");
            assertThat(it.type("balances", "show", Operated.AHEAD.payer())).isZero();
            assertThat(it.out()).contains("7a7a7a7a7a7a");
            assertThat(it.type("balances", "pay-back", Operated.AHEAD.payer())).isEqualTo(2);
            assertThat(it.type("balances", "other")).isEqualTo(2);
            assertThat(it.type("payments", "show", id("unknown"))).isZero();
            assertThat(it.out()).contains("UNKNOWN/NONE", "SETTLED/OWED", "kim", "seen at the explorer");
            assertThat(it.type("payments", "erase", SampleClaim.payer(1))).isOne();
            assertThat(it.err()).contains("settle that first");
            for (String key : new String[] {"unknown", "owed"}) {
                assertThat(it.type("payments", "resolve", id(key), "--as", "refund-due"))
                        .isZero();
                assertThat(it.type("payments", "resolve", id(key), "--as", "refunded", "--transaction", "0xback"))
                        .isZero();
            }
            assertThat(it.type("payments", "erase", SampleClaim.payer(1), "--by", "kim"))
                    .isZero();
            assertThat(it.out()).contains("have a pseudonym now");
            assertThat(it.type("payments")).isZero();
            assertThat(it.out()).isEqualTo("Nothing is open." + System.lineSeparator());
            mistakesAreTold(it);
        }
    }

    private void mistakesAreTold(Operated it) throws IOException {
        assertThat(it.type("payments", "pay")).isEqualTo(2);
        assertThat(it.type("payments", "show")).isEqualTo(2);
        assertThat(it.type("payments", "list", "--limit", "501")).isEqualTo(2);
        assertThat(it.type("payments", "resolve", id("owed"))).isEqualTo(2);
        assertThat(it.type("payments", "list", "--credential", "x")).isEqualTo(2);
        assertThat(it.type("payments", "list", "--state", "odd")).isOne();
        assertThat(it.err()).contains("state must be one of");
        assertThat(it.type("payments", "--url", "http://gateway.example.com:9402"))
                .isOne();
        assertThat(it.err()).contains("must not go over a network in the open");
        assertThat(it.type("payments", "--url", "http://127.0.0.1:" + FreePort.find()))
                .isOne();
        assertThat(it.err()).contains("does not answer");
        it.variables.put("FAREBOX_ADMIN", "something-else-altogether");
        assertThat(it.type("payments")).isOne();
        assertThat(it.err()).contains("does not know this credential").doesNotContain("altogether");
        it.variables.remove("FAREBOX_ADMIN");
        assertThat(it.type("payments")).isOne();
        assertThat(it.err()).contains("FAREBOX_ADMIN");
    }

    @Test
    void withoutAdmin_thereIsNoApi() throws IOException {
        try (Operated it = Operated.start(folder, "", ids)) {
            assertThat(it.get("summary", Operated.bearer(Operated.OPERATOR)).status())
                    .isEqualTo(404);
            assertThat(it.get("summary").status()).isEqualTo(404);
            assertThat(RawHttp.get(it.management(), "/actuator/health").status())
                    .isEqualTo(200);
            assertThat(it.type("payments")).isOne();
            assertThat(it.err()).contains("has no operator's API");
        }
    }
}
