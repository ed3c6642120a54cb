package io.farebox.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Catalogue;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.GateEvent;
import io.farebox.gate.Header;
import io.farebox.gate.Mode;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every host of the gate must do with requests and their payments, in both wire versions. */
public abstract class PaymentFilterContract extends HostContract {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void free_passesWithoutItsPayment(int version) throws IOException {
        RawAnswer answer = get("/free/echo", fixture.pay(version));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Seen-Payment")).isEqualTo("nullnull");
        assertThat(fixture.book().all()).isEmpty();
    }

    @Test
    void manifest_isAnsweredInPlaceOfTheResource() throws IOException {
        RawAnswer answer = get(Catalogue.PATH);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).contains("https://api.example.com/paid/:what");
        RawAnswer head = send("HEAD", Catalogue.PATH, "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(resource.calls()).isZero();
        assertThat(send("POST", Catalogue.PATH, "").body()).doesNotContain("resources");
    }

    @Test
    void unpriced_passes() throws IOException {
        assertThat(get("/other").body()).isEqualTo(SampleResource.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void unpaid_isAskedToPay(String method) throws IOException {
        RawAnswer answer = send(method, "/paid/plain", "");
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.header("PAYMENT-REQUIRED")).isNotEmpty();
        assertThat(answer.header("Cache-Control")).contains("no-store");
        if (!method.equals("HEAD")) assertThat(answer.body()).contains("\"x402Version\":1");
        assertThat(resource.calls()).isZero();
        requireNoLeak(answer.body().isEmpty() ? get("/paid/plain") : answer);
    }

    @ParameterizedTest
    @CsvSource({"PAYMENT-SIGNATURE,''", "PAYMENT-SIGNATURE,bnVsbA==", "X-PAYMENT,%%%", "X-PAYMENT,W10="})
    void malformed_isRefused(String name, String value) throws IOException {
        assertThat(get("/paid/plain", new Header(name, value)).status()).isEqualTo(400);
        assertThat(resource.calls()).isZero();
    }

    @Test
    void twoPayments_areRefused() throws IOException {
        assertThat(get("/paid/plain", fixture.pay(1), fixture.pay(2)).status()).isEqualTo(400);
        assertThat(get("/paid/plain", fixture.pay(2), fixture.pay(2)).status()).isEqualTo(400);
        assertThat(resource.calls()).isZero();
        assertThat(fixture.book().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void forged_isRefused(int version) throws IOException {
        assertThat(get("/paid/plain", fixture.forge(version)).status()).isEqualTo(402);
        assertThat(resource.calls()).isZero();
        assertThat(fixture.book().all()).isEmpty();
        assertThat(fixture.facilitator().verifyCalls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void paid_isServed(int version) throws IOException {
        RawAnswer answer = get("/paid/plain", fixture.pay(version));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SampleResource.SECRET);
        assertThat(answer.header(receipt(version))).isNotEmpty();
        assertThat(answer.header("Cache-Control")).contains("private");
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @Test
    void paid_tellsTheResourceWhoPaid() throws IOException {
        RawAnswer answer = get(
                "/paid/echo",
                fixture.pay(2),
                new Header("X-Farebox-Payer", "rich"),
                new Header("X-Farebox-Made-Up", "yes"),
                new Header("X_Farebox_Made_Up", "yes"),
                new Header("X_HTTP_Method_Override", "DELETE"),
                new Header("X-HTTP-Method-Override", "DELETE"));
        assertThat(answer.header("Seen-Payer")).isEqualTo(GateFixture.PAYER);
        assertThat(answer.header("Seen-Made-Up")).isEqualTo("nullnull");
        assertThat(answer.header("Seen-Payment")).isEqualTo("nullnull");
        assertThat(answer.header("Seen-Override")).isEqualTo("nullnull");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 65_536, 65_537, 300_000})
    void paid_bodyReachesTheResource(int length) throws IOException {
        String body = "b".repeat(length);
        RawAnswer answer = send("POST", "/paid/echo", body, fixture.pay(2));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void replayed_isServedOnce(int version) throws IOException {
        Header payment = fixture.pay(version);
        assertThat(get("/paid/plain", payment).status()).isEqualTo(200);
        fixture.requireNothingOpen();
        RawAnswer again = get("/paid/plain", payment);
        assertThat(again.status()).isEqualTo(409);
        requireNoLeak(again);
        assertThat(get("/paid/other", payment).status()).isEqualTo(409);
        assertThat(resource.calls()).isEqualTo(1);
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void replayedAThousandTimesAtOnce_isServedOnce(int version) throws Exception {
        Header payment = fixture.pay(version);
        host();
        var served = new AtomicInteger();
        var go = new CountDownLatch(1);
        List<Future<Integer>> statuses;
        try (var pool = Executors.newFixedThreadPool(100)) {
            Callable<Integer> one = () -> {
                go.await();
                RawAnswer answer = get("/paid/plain", payment);
                if (answer.status() == 200) served.incrementAndGet();
                else requireNoLeak(answer);
                return answer.status();
            };
            statuses = java.util.stream.IntStream.range(0, 1000)
                    .mapToObj(i -> pool.submit(one))
                    .toList();
            go.countDown();
        }
        for (Future<Integer> status : statuses) assertThat(status.get()).isIn(200, 409);
        assertThat(served).hasValue(1);
        assertThat(resource.calls()).isEqualTo(1);
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1,plain", "2,plain", "2,redirect", "2,cookie", "2,stream", "2,large", "1,stream", "2,broken"})
    void settleSaysNo_nothingLeaks(int version, String what) throws IOException {
        fixture.facilitator().alwaysSettle(Acts.decline("insufficient_funds"));
        RawAnswer answer = get("/paid/" + what, fixture.pay(version));
        assertThat(answer.status()).isEqualTo(402);
        requireNoLeak(answer);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"1,plain", "2,plain", "2,redirect", "2,cookie", "2,stream", "2,large"})
    void settleUnknown_isNeitherServedNorAskedAgain(int version, String what) throws IOException {
        fixture.facilitator().alwaysSettle(Acts.lost(Act.Loss.HANGS));
        RawAnswer answer = get("/paid/" + what, fixture.pay(version));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.header("PAYMENT-REQUIRED")).isNull();
        requireNoLeak(answer);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.UNKNOWN);
    }

    @Test
    void facilitatorDown_isUnavailable() throws IOException {
        fixture.facilitator().alwaysVerify(Acts.unreachable());
        RawAnswer answer = get("/paid/plain", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("PAYMENT-REQUIRED")).isNull();
        assertThat(resource.calls()).isZero();
        assertThat(get("/free/plain").status()).isEqualTo(200);
        assertThat(get("/paid/plain").status()).isEqualTo(402);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500, 502})
    void resourceFails_isNotCharged(int status) throws IOException {
        Header payment = fixture.pay(2);
        assertThat(get("/paid/" + status, payment).status()).isEqualTo(status);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.RELEASED);
        assertThat(fixture.facilitator().settleCalls()).isZero();
        assertThat(get("/paid/plain", payment).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "redirect", "cookie", "204", "201"})
    void answer_keepsItsHead(String what) throws IOException {
        RawAnswer answer = get("/paid/" + what, fixture.pay(2));
        assertThat(answer.status())
                .isEqualTo(what.equals("redirect") ? 302 : what.startsWith("20") ? Integer.parseInt(what) : 200);
        assertThat(answer.header("X-Secret")).isEqualTo(SampleResource.SECRET);
        assertThat(answer.header("PAYMENT-RESPONSE")).isNotEmpty();
        assertThat(answer.header("Location") != null).isEqualTo(what.equals("redirect"));
        assertThat(answer.header("Set-Cookie") != null).isEqualTo(what.equals("cookie"));
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "large"})
    void longAnswer_arrivesWhole(String what) throws IOException {
        RawAnswer answer = get("/paid/" + what, fixture.pay(2));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body()).isEqualTo(new String(SampleResource.PART).repeat(SampleResource.PARTS));
        assertThat(answer.header("PAYMENT-RESPONSE")).isNotEmpty();
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }

    @Test
    void answerBreaksOff_isOwed() throws IOException {
        // On a connection that would stay open: a body that ends with its connection cannot break off visibly.
        RawAnswer broken = get("/paid/broken", fixture.pay(2), new Header("Connection", "keep-alive"));
        assertThat(broken.whole()).as(broken.wire()).isFalse();
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.OWED);
        RawAnswer next = get("/paid/plain", fixture.pay(2));
        assertThat(next.status()).isEqualTo(200);
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @Test
    void upfront_resourceFails_isOwed() throws IOException {
        assertThat(get("/upfront/500", fixture.pay(2)).status()).isEqualTo(500);
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.OWED);
        RawAnswer next = get("/upfront/plain", fixture.pay(2));
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.header("PAYMENT-RESPONSE")).isNotEmpty();
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @Test
    void head_costsWhatGetCosts() throws IOException {
        assertThat(send("HEAD", "/paid/plain", "").status()).isEqualTo(402);
        RawAnswer answer = send("HEAD", "/paid/plain", "", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("PAYMENT-RESPONSE")).isNotEmpty();
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }

    @Test
    void preflight_isAnsweredForBothFamiliesOfHeaders() throws IOException {
        RawAnswer answer = send(
                "OPTIONS",
                "/paid/plain",
                "",
                new Header("Origin", GateFixture.ORIGIN),
                new Header("Access-Control-Request-Method", "GET"),
                new Header("Access-Control-Request-Headers", "payment-signature,x-payment"));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.all("Access-Control-Allow-Origin")).containsExactly(GateFixture.ORIGIN);
        assertThat(String.join(",", answer.all("Access-Control-Allow-Headers")).toUpperCase(Locale.ROOT))
                .contains("PAYMENT-SIGNATURE", "X-PAYMENT");
        assertThat(resource.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void crossOrigin_answersCanBeRead(boolean paid) throws IOException {
        Header origin = new Header("Origin", GateFixture.ORIGIN);
        RawAnswer answer = paid ? get("/paid/plain", origin, fixture.pay(2)) : get("/paid/plain", origin);
        assertThat(answer.all("Access-Control-Allow-Origin")).containsExactly(GateFixture.ORIGIN);
        assertThat(String.join(",", answer.all("Access-Control-Expose-Headers")).toUpperCase(Locale.ROOT))
                .contains("PAYMENT-REQUIRED", "PAYMENT-RESPONSE", "X-PAYMENT-RESPONSE");
        assertThat(String.join(",", answer.all("Vary"))).contains("Origin");
    }

    @Test
    void paid_isNotForSharedCaches() throws IOException {
        RawAnswer answer = get("/paid/public", fixture.pay(2));
        assertThat(answer.all("Cache-Control")).hasSize(1);
        assertThat(answer.header("Cache-Control")).contains("private").doesNotContain("public", "s-maxage");
        assertThat(answer.all("PAYMENT-RESPONSE")).hasSize(1).doesNotContain("forged");
    }

    @Test
    void clientLeavesWhileTheResourceWorks_isOwed() throws Exception {
        try (RawHttp http = new RawHttp(host().base())) {
            http.send("GET", "/paid/slow", new byte[0], List.of(fixture.pay(2)));
            resource.awaitWorking();
            http.reset();
        }
        resource.goOn();
        var row = fixture.onlyRow();
        // Whoever notices the hang-up in time need not charge; who does not, owes.
        if (row.state() == PaymentState.SETTLED) assertThat(row.delivery()).isEqualTo(DeliveryState.OWED);
        else assertThat(row.state()).isEqualTo(PaymentState.RELEASED);
    }

    @Test
    void clientLeavesAfterTheFirstByte_isServed() throws Exception {
        try (RawHttp http = new RawHttp(host().base())) {
            http.send("GET", "/paid/stream", new byte[0], List.of(fixture.pay(2)));
            assertThat(http.readSome(2000)).contains("200", SampleResource.SECRET);
            http.reset();
        }
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/free/%2e%2e/paid/plain",
                "/%2e/paid/plain",
                "/free/../paid/plain",
                "//paid/plain",
                "/./paid/plain",
                "/free//../paid/plain",
                "/paid/plain;x",
                "/;a=b/paid/plain",
                "/free/..;/paid/plain",
                "/paid/plain%3bx",
                "/free/..%2fpaid/plain",
                "/paid%2fplain",
                "/paid%5cplain",
                "/paid/plain%00",
                "/paid/plain%",
                "/paid/plain%zz",
                "/paid/plain[1]",
                "/paid/plain|",
                "/%2570aid/plain",
                "/free/x/%2e%2e/%2e%2e/paid/plain"
            })
    void ambiguousTarget_isRefused(String target) throws IOException {
        assertThat(get(target).status()).isEqualTo(400);
        assertThat(resource.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "FOO", "PROPFIND", "TRACE", "TRACK"})
    void oddMethod_isRefused(String method) throws IOException {
        RawAnswer answer = send(method, "/paid/plain", "", fixture.pay(2));
        assertThat(answer.status()).as(answer.wire()).isIn(400, 405, 501);
        assertThat(resource.calls()).isZero();
    }

    @Test
    void observe_passesEverything() throws IOException {
        fixture.close();
        fixture = new GateFixture(Mode.OBSERVE);
        RawAnswer answer = get("/paid/echo", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Seen-Payment")).isEqualTo("nullnull");
        assertThat(fixture.facilitator().settleCalls()).isZero();
        assertThat(fixture.events()).contains(new GateEvent.Passed("paid", GateEvent.Passed.Why.OBSERVED));
    }

    @Test
    void every_exchangeIsToldToTheEnd() throws IOException {
        get("/paid/plain", fixture.pay(2));
        fixture.requireNothingOpen();
        Map<Class<?>, Long> kinds = fixture.events().stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        Object::getClass, java.util.stream.Collectors.counting()));
        assertThat(kinds)
                .containsEntry(GateEvent.Attempted.class, 1L)
                .containsEntry(GateEvent.Settled.class, 1L)
                .containsEntry(GateEvent.Delivered.class, 1L);
    }
}
