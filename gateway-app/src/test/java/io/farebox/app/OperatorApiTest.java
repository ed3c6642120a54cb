package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Header;
import io.farebox.settlement.Farebox;
import io.farebox.testkit.book.SampleClaim;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One gateway for all: starting it takes longer than the rest. What changes payments comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorApiTest {
    private static final Map<String, String> IDS = new HashMap<>();
    private static final String TRANSACTION = "0x" + "5e".repeat(32);

    @TempDir
    private static Path folder;

    private static Operated it;

    @BeforeAll
    static void start() throws IOException {
        it = Operated.start(folder, Operated.ADMIN, IDS);
    }

    @AfterAll
    static void stop() {
        it.close();
    }

    private static String id(String key) {
        return IDS.getOrDefault(key, "");
    }

    private static JsonObject json(RawAnswer answer) {
        return Json.readObject(answer.body());
    }

    private static List<String> ids(RawAnswer answer) {
        return json(answer).objects("payments").stream()
                .map(payment -> payment.string("id"))
                .toList();
    }

    @Test
    @Order(1)
    void viewer_seesWhatIsOpen_andNothingIsKept() throws IOException {
        RawAnswer answer = it.look("summary");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(json(answer).objects("open")).hasSize(2);
        JsonObject unknown = json(answer).objects("open").getFirst();
        assertThat(unknown.string("state")).isEqualTo("unknown");
        assertThat(unknown.integer("count")).isOne();
        assertThat(unknown.string("amount")).isEqualTo("10000");
        assertThat(unknown.bool("more")).isFalse();
    }

    @Test
    @Order(1)
    void shelves_areReadPageByPage() throws IOException {
        assertThat(ids(it.look("payments?state=unknown"))).containsExactly(id("unknown"));
        assertThat(ids(it.look("payments?state=owed"))).containsExactly(id("owed"));
        assertThat(ids(it.look("payments?state=unpaid"))).containsExactly(id("released"));
        RawAnswer page = it.look("payments?state=paid&limit=1");
        assertThat(ids(page)).containsExactly(id("paid"));
        RawAnswer next =
                it.look("payments?state=paid&limit=1&after=" + json(page).string("next"));
        assertThat(ids(next)).isEmpty();
        assertThat(json(next).stringOrNull("next")).isNull();
        assertThat(ids(it.look("payments?state=paid&until=2026-11-20T12:00:00Z")))
                .isEmpty();
        assertThat(ids(it.look("payments?state=paid&from=2026-11-20T12:00:00Z&until=2026-11-20T12:00:01Z")))
                .hasSize(1);
        assertThat(ids(it.look("payments?key=paid"))).containsExactly(id("paid"));
    }

    @Test
    @Order(1)
    void payment_isShown_butNeverItsPayload() throws IOException {
        RawAnswer answer = it.look("payments/" + id("unknown"));

        JsonObject payment = json(answer).object("payment");
        assertThat(payment.string("state")).isEqualTo("UNKNOWN");
        assertThat(payment.string("payer")).isEqualTo(SampleClaim.payer(1));
        assertThat(json(answer).objects("actions")).isEmpty();
        assertThat(answer.body()).doesNotContain("payload of");
        assertThat(it.look("payments/nobody").status()).isEqualTo(404);
    }

    @Test
    @Order(1)
    void balances_areSeenWithTheirTokens_butNeverWhatPays() throws IOException {
        JsonObject all = json(it.look("balances"));
        assertThat(all.objects("balances")).hasSize(1);
        assertThat(all.objects("balances").getFirst().string("amount")).isEqualTo("90000");
        RawAnswer one = it.look("balances?payer=" + Operated.AHEAD.payer());
        assertThat(json(one).objects("tokens").getFirst().string("id")).isEqualTo("7a7a7a7a7a7a");
        assertThat(one.body()).doesNotContain("7a".repeat(32));
        JsonObject page = json(it.look("balances?limit=1"));
        assertThat(json(it.look("balances?limit=1&after=" + page.string("next")))
                        .objects("balances"))
                .isEmpty();
        assertThat(json(it.look("balances?payer=0xnobody")).objects("balances")).isEmpty();
        for (String slip : List.of("balances?limit=0", "balances?after=x", "balances?payer=a&limit=1", "balances?x=y"))
            assertThat(it.look(slip).status()).as(slip).isEqualTo(400);
    }

    @Test
    @Order(2)
    void balances_arePaidBackOnce_andTokensEnded() throws IOException {
        String payer = "payers/" + Operated.AHEAD.payer();
        Map<String, Object> body = new HashMap<>(Map.of(
                "network",
                "eip155:8453",
                "asset",
                Operated.AHEAD.asset(),
                "payTo",
                Operated.AHEAD.payTo(),
                "amount",
                "50000",
                "transaction",
                TRANSACTION,
                "by",
                "kim"));
        assertThat(it.post(payer + "/pay-back", Json.write(body), Operated.VIEWER)
                        .status())
                .isEqualTo(403);
        assertThat(json(it.post(payer + "/pay-back", Json.write(body), Operated.OPERATOR))
                        .string("result"))
                .isEqualTo("done");
        assertThat(json(it.post(payer + "/pay-back", Json.write(body), Operated.OPERATOR))
                        .string("result"))
                .isEqualTo("already");
        body.put("transaction", "0xother");
        assertThat(it.post(payer + "/pay-back", Json.write(body), Operated.OPERATOR)
                        .status())
                .isEqualTo(409);
        body.put("amount", "-1");
        assertThat(it.post(payer + "/pay-back", Json.write(body), Operated.OPERATOR)
                        .status())
                .isEqualTo(400);
        assertThat(json(it.look("balances")).objects("balances").getFirst().string("amount"))
                .isEqualTo("40000");
        assertThat(json(it.post(payer + "/end-tokens", "{\"by\":\"kim\"}", Operated.OPERATOR))
                        .integer("ended"))
                .isOne();
    }

    @Test
    @Order(1)
    void slips_areTold() throws IOException {
        for (String target : List.of(
                "payments",
                "payments?state=odd",
                "payments?state=paid&limit=0",
                "payments?state=paid&limit=501",
                "payments?state=paid&after=x",
                "payments?state=paid&state=owed",
                "payments?state=paid&from=yesterday",
                "payments?state=paid&order=up",
                "payments?key=a&state=paid",
                "summary?state=paid"))
            assertThat(it.look(target).status()).as(target).isEqualTo(400);
        for (String target : List.of("", "payments/", "summary/", "payments/a/b", "Summary"))
            assertThat(it.look(target).status()).as(target).isEqualTo(404);
    }

    @Test
    @Order(1)
    void wrongBodies_areRefusedBeforeAnythingIsDone() throws IOException {
        String target = "payments/" + id("owed") + "/resolve";
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"as\":\"refund-due\"}",
                "{\"as\":\"refund-due\",\"by\":\" \"}",
                "{\"as\":\"refund-due\",\"by\":\"kim\",\"why\":\"x\"}",
                "{\"as\":\"refund-due\",\"as\":\"refund-due\",\"by\":\"kim\"}",
                "{\"as\":\"refund-due\",\"by\":7}",
                "{\"as\":\"paid\",\"by\":\"kim\"}",
                "{\"as\":\"refund-due\",\"by\":\"k\\nm\"}",
                "{\"as\":\"refunded\",\"by\":\"kim\",\"transaction\":\"a b\"}",
                "{\"as\":\"refund-due\",\"by\":\"" + "k".repeat(101) + "\"}"))
            assertThat(it.post(target, body, Operated.OPERATOR).status())
                    .as(body)
                    .isEqualTo(400);
        String large = "{\"as\":\"refund-due\",\"by\":\"kim\",\"note\":\"" + "n".repeat(9_000) + "\"}";
        assertThat(it.post(target, large, Operated.OPERATOR).status()).isEqualTo(413);
        RawAnswer form = RawHttp.exchange(
                it.management(),
                "POST",
                "/farebox/" + target,
                "as=refund-due&by=kim".getBytes(StandardCharsets.UTF_8),
                Operated.bearer(Operated.OPERATOR),
                new Header("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(form.status()).isEqualTo(400);
        assertThat(json(it.look("payments/" + id("owed"))).object("payment").string("state"))
                .isEqualTo("SETTLED");
    }

    @Test
    @Order(1)
    void viewer_decidesNothing() throws IOException {
        RawAnswer answer = it.post(
                "payments/" + id("owed") + "/resolve", "{\"as\":\"refund-due\",\"by\":\"kim\"}", Operated.VIEWER);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(RawHttp.exchange(
                                it.management(),
                                "DELETE",
                                "/farebox/payments/" + id("owed"),
                                Operated.nothing(),
                                Operated.bearer(Operated.OPERATOR))
                        .status())
                .isEqualTo(405);
    }

    @Test
    @Order(1)
    void portOfTheRoutes_hasNoSuchThing() throws IOException {
        RawAnswer answer = RawHttp.get(it.app.base(), "/farebox/summary", Operated.bearer(Operated.OPERATOR));

        assertThat(answer.status()).isEqualTo(502); // passed on to the upstream, which is not there
    }

    @Test
    @Order(2)
    void decision_isTakenOnce_andWrittenDown() throws IOException {
        RawAnswer needed = it.decide(id("unknown"), "charged");
        assertThat(needed.status()).isEqualTo(400);
        assertThat(json(needed).string("error")).isEqualTo("transaction_needed");
        RawAnswer done =
                it.decide(id("unknown"), "charged", "transaction", TRANSACTION, "note", "seen at the explorer");
        assertThat(done.status()).isEqualTo(200);
        assertThat(json(done).string("result")).isEqualTo("done");
        assertThat(json(done).string("word")).isEqualTo("operator");
        assertThat(json(done).object("payment").string("delivery")).isEqualTo("OWED");
        assertThat(json(it.decide(id("unknown"), "charged", "transaction", TRANSACTION))
                        .string("result"))
                .isEqualTo("already");
        RawAnswer wrong = it.decide(id("unknown"), "not-charged");
        assertThat(wrong.status()).isEqualTo(409);
        assertThat(json(wrong).string("error")).isEqualTo("wrong_state");
        JsonObject entry =
                json(it.look("payments/" + id("unknown"))).objects("actions").getFirst();
        assertThat(entry.string("by")).isEqualTo("kim");
        assertThat(entry.string("before")).isEqualTo("UNKNOWN/NONE");
        assertThat(entry.string("note")).isEqualTo("seen at the explorer");
        assertThat(it.decide("nobody", "reversed").status()).isEqualTo(404);
    }

    @Test
    @Order(3)
    void payer_isErasedOnceNothingIsOpen() throws IOException {
        String target = "payers/" + SampleClaim.payer(1) + "/erase";
        RawAnswer open = it.post(target, "{\"by\":\"kim\"}", Operated.OPERATOR);
        assertThat(open.status()).isEqualTo(409);
        assertThat(json(open).string("error")).isEqualTo("still_open");
        for (String key : List.of("unknown", "owed")) {
            assertThat(it.decide(id(key), "refund-due").status()).isEqualTo(200);
            assertThat(it.decide(id(key), "refunded", "transaction", "0xback").status())
                    .isEqualTo(200);
        }
        RawAnswer erased = it.post(target, "{\"by\":\"kim\",\"note\":\"asked for it\"}", Operated.OPERATOR);
        assertThat(erased.status()).isEqualTo(200);
        assertThat(it.post("payers/x/erase", "{\"by\":\"kim\",\"as\":\"x\"}", Operated.OPERATOR)
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Order(4)
    void stranger_isToldNothing_andNotForEver() throws IOException {
        for (Header[] headers : List.of(
                new Header[] {},
                new Header[] {Operated.bearer("")},
                new Header[] {Operated.bearer(Operated.VIEWER + "x")},
                new Header[] {Operated.bearer(Operated.VIEWER.substring(1))},
                new Header[] {new Header("Authorization", "Basic " + Operated.OPERATOR)},
                new Header[] {new Header("Authorization", Operated.OPERATOR)},
                new Header[] {new Header("Cookie", "farebox=" + Operated.OPERATOR)},
                new Header[] {Operated.bearer(Operated.VIEWER), Operated.bearer("another")}))
            for (String target : List.of("summary", "nothing")) {
                RawAnswer answer = it.get(target, headers);
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"farebox\"");
                assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            }
        int last = 401;
        for (int i = 0; i < 30 && last == 401; i++) last = it.get("summary").status();
        assertThat(last).isEqualTo(429);
        assertThat(it.look("summary").status()).isEqualTo(200);
    }

    @Test
    @Order(5)
    void lostBook_isUnavailable() throws Exception {
        ((AutoCloseable) it.app.context().getBean(Farebox.class).book()).close();

        RawAnswer answer = it.look("summary");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.body()).doesNotContain("xception", "jdbc");
    }
}
