package io.farebox.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.Header;
import io.farebox.gate.Mode;
import io.farebox.gate.PaymentFacts;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only servlets can do: dispatches, forms, contexts, principals. */
class PaymentFilterOnServletsTest {
    private static final Header FORM = new Header("Content-Type", "application/x-www-form-urlencoded");

    private final GateFixture fixture = new GateFixture(Mode.ENFORCE);
    private final Map<String, HttpServlet> servlets = new HashMap<>();
    private final List<Filter> filters = new ArrayList<>();
    private final AtomicInteger premium = new AtomicInteger();
    private Host host;

    @AfterEach
    void stop() {
        fixture.requireNothingOpen();
        if (host != null) host.close();
        fixture.close();
    }

    private void on(String mapping, LambdaServlet.Body body) {
        servlets.put(mapping, new LambdaServlet(body));
    }

    private void start(Servers server) throws Exception {
        start(server, "");
    }

    private void start(Servers server, String contextPath) throws Exception {
        filters.add(new PaymentFilter(fixture.gate()));
        host = server.start(contextPath, filters, servlets);
    }

    private RawAnswer get(String target, Header... headers) throws IOException {
        return RawHttp.get(host.base(), target, headers);
    }

    private void premiumAt(String mapping) {
        on(mapping, (request, response) -> {
            premium.incrementAndGet();
            response.getWriter().print(Style.TEXT);
        });
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void freeResourceForwardsToPriced_isRefused(Servers server) throws Exception {
        premiumAt("/paid/*");
        on("/free/forward", (request, response) -> dispatch(request).forward(request, response));
        on("/free/include", (request, response) -> dispatch(request).include(request, response));
        on("/free/async", (request, response) -> request.startAsync().dispatch("/paid/x"));
        on(
                "/free/dots",
                (request, response) ->
                        request.getRequestDispatcher("/free/../paid/x").forward(request, response));
        start(server);
        for (String path : List.of("forward", "include", "async", "dots")) {
            RawAnswer answer = get("/free/" + path, fixture.pay(2));
            assertThat(answer.status()).as(path).isIn(404, 500);
            assertThat(answer.body()).doesNotContain(Style.TEXT);
        }
        assertThat(premium).hasValue(0);
        assertThat(fixture.book().all()).isEmpty();
    }

    private static jakarta.servlet.RequestDispatcher dispatch(HttpServletRequest request) {
        return request.getRequestDispatcher("/paid/x");
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void freeResourceForwardsToFree_passes(Servers server) throws Exception {
        premiumAt("/free/inner");
        on(
                "/free/outer",
                (request, response) ->
                        request.getRequestDispatcher("/free/inner").forward(request, response));
        on("/free/async", (request, response) -> {
            if (request.getAttribute("again") != null) response.getWriter().print("second");
            else {
                request.setAttribute("again", true);
                request.startAsync().dispatch();
            }
        });
        start(server);
        assertThat(get("/free/outer").body()).isEqualTo(Style.TEXT);
        assertThat(get("/free/async").body()).isEqualTo("second");
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void pricedResourceForwardsToPriced_costsOnce(Servers server) throws Exception {
        premiumAt("/paid/inner");
        on(
                "/paid/outer",
                (request, response) ->
                        request.getRequestDispatcher("/paid/inner").forward(request, response));
        start(server);
        assertThat(get("/paid/outer", fixture.pay(2)).body()).isEqualTo(Style.TEXT);
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void resourceThrows_isNotCharged_andSaysNothing(Servers server) throws Exception {
        on("/paid/*", (request, response) -> {
            response.setHeader("X-Secret", Style.TEXT);
            response.addCookie(new jakarta.servlet.http.Cookie("session", Style.TEXT));
            response.getOutputStream().write(Style.SECRET);
            throw new IllegalStateException("broken");
        });
        start(server);
        Header payment = fixture.pay(2);
        RawAnswer answer = get("/paid/x", payment);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.wire()).doesNotContain(Style.TEXT);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.RELEASED);
        assertThat(fixture.facilitator().settleCalls()).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void resourceSendsError_isNotCharged(Servers server) throws Exception {
        on("/paid/*", (request, response) -> {
            response.getOutputStream().write(Style.SECRET);
            response.sendError(404);
        });
        start(server);
        RawAnswer answer = get("/paid/x", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain(Style.TEXT);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.RELEASED);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void asyncTimesOut_isNotCharged(Servers server) throws Exception {
        on("/paid/*", (request, response) -> {
            AsyncContext context = request.startAsync();
            response.setHeader("X-Secret", Style.TEXT);
            response.getOutputStream().write(Style.SECRET);
            context.setTimeout(50);
        });
        start(server);
        RawAnswer answer = get("/paid/x", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain(Style.TEXT);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.RELEASED);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void asyncTimesOutInMidAnswer_isOwed(Servers server) throws Exception {
        on("/paid/*", (request, response) -> {
            AsyncContext context = request.startAsync();
            response.getOutputStream().write(Style.SECRET);
            response.flushBuffer();
            context.setTimeout(50);
        });
        start(server);
        get("/paid/x", fixture.pay(2));
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.OWED);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void answerShorterThanPromised_isOwed(Servers server) throws Exception {
        on("/paid/*", (request, response) -> {
            response.setContentLength(1000);
            response.getOutputStream().write(Style.SECRET);
        });
        start(server);
        assertThat(get("/paid/x", fixture.pay(2)).whole()).isFalse();
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.OWED);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void writerKeepsItsCharset(Servers server) throws Exception {
        on("/paid/*", (request, response) -> {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print("caf\u00e9 ");
            response.setContentType("text/html;charset=ISO-8859-1");
            response.setCharacterEncoding("UTF-16");
            response.setHeader("Content-Type", "text/css;charset=UTF-16");
            response.getWriter().print("\u65e5");
        });
        start(server);
        RawAnswer answer = get("/paid/x", fixture.pay(2));
        assertThat(answer.header("Content-Type"))
                .startsWithIgnoringCase("text/css")
                .containsIgnoringCase("utf-8");
        assertThat(new String(answer.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .isEqualTo("caf\u00e9 \u65e5");
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void form_canStillBeRead(Servers server) throws Exception {
        on(
                "/paid/*",
                (request, response) -> response.getWriter()
                        .print(request.getParameter("a")
                                + '|'
                                + String.join(",", request.getParameterValues("b"))
                                + '|'
                                + Collections.list(request.getParameterNames())));
        start(server);
        String form = "b=2&b=%C3%A9+x&c=&broken=%zz";
        RawAnswer answer =
                RawHttp.exchange(host.base(), "POST", "/paid/x?a=1&b=0", form.getBytes(), FORM, fixture.pay(2));
        assertThat(answer.body()).isEqualTo("1|0,2,\u00e9 x|[a, b, c]");
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void form_canBeReadAsBytes(Servers server) throws Exception {
        on(
                "/paid/*",
                (request, response) ->
                        response.getWriter().print(request.getReader().readLine()));
        start(server);
        RawAnswer answer = RawHttp.exchange(host.base(), "POST", "/paid/x", "a=1&b=2".getBytes(), FORM, fixture.pay(2));
        assertThat(answer.body()).isEqualTo("a=1&b=2");
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void body_canBeReadWithoutBlocking(Servers server) throws Exception {
        on("/paid/*", (request, response) -> {
            AsyncContext context = request.startAsync();
            request.getInputStream().setReadListener(new Echo(context, request.getInputStream()));
        });
        start(server);
        for (int length : List.of(5, 200_000)) {
            String body = "b".repeat(length);
            RawAnswer answer = RawHttp.exchange(host.base(), "POST", "/paid/x", body.getBytes(), fixture.pay(2));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void sameHeaderWithAnotherBody_isNotServedOnWhatIsOwed(Servers server) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        on("/upfront/*", (request, response) -> {
            if (calls.incrementAndGet() == 1) response.setStatus(500);
            response.getOutputStream().write(request.getInputStream().readAllBytes());
        });
        start(server);
        Header payment = fixture.pay(2);
        assertThat(post("/upfront/x", "one", payment).status()).isEqualTo(500);
        assertThat(post("/upfront/x", "two", payment).status()).isEqualTo(409);
        assertThat(post("/upfront/x", "one", payment).body()).isEqualTo("one");
    }

    private RawAnswer post(String target, String body, Header payment) throws IOException {
        return RawHttp.exchange(host.base(), "POST", target, body.getBytes(), payment);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void contextPath_isNotPartOfThePrice(Servers server) throws Exception {
        premiumAt("/paid/*");
        start(server, "/app");
        assertThat(get("/app/paid/x").status()).isEqualTo(402);
        assertThat(get("/%61pp/paid/x").status()).isIn(400, 402);
        RawAnswer answer = get("/app/paid/x", fixture.pay(2));
        assertThat(answer.body()).isEqualTo(Style.TEXT);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void knownCaller_passesWhereItIsFree(Servers server) throws Exception {
        premiumAt("/members/*");
        filters.add((request, response, chain) -> chain.doFilter(known((HttpServletRequest) request), response));
        start(server);
        assertThat(get("/members/x").status()).isEqualTo(402);
        assertThat(get("/members/x", new Header("X-Test-User", "ann")).body()).isEqualTo(Style.TEXT);
    }

    private static HttpServletRequest known(HttpServletRequest request) {
        String user = request.getHeader("X-Test-User");
        return new HttpServletRequestWrapper(request) {
            @Override
            public Principal getUserPrincipal() {
                return user == null ? null : () -> user;
            }
        };
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void payment_isARequestAttribute(Servers server) throws Exception {
        on("/paid/*", (request, response) -> {
            PaymentFacts facts = (PaymentFacts) request.getAttribute(PaymentFilter.PAYMENT);
            response.getWriter().print(facts.payer() + ' ' + facts.amount());
        });
        start(server);
        assertThat(get("/paid/x", fixture.pay(1)).body()).isEqualTo(GateFixture.PAYER + " 10000");
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void filterMappedTwice_chargesOnce(Servers server) throws Exception {
        premiumAt("/paid/*");
        filters.add(new PaymentFilter(fixture.gate()));
        start(server);
        assertThat(get("/paid/x", fixture.pay(2)).body()).isEqualTo(Style.TEXT);
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void writerAfterSettleFailed_isStopped(Servers server) throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        on("/paid/*", (request, response) -> {
            try {
                while (true) response.getOutputStream().write(Style.SECRET);
            } catch (PaymentNotSettledException e) {
                stopped.countDown();
                throw e;
            }
        });
        start(server);
        fixture.facilitator().alwaysSettle(Acts.decline("insufficient_funds"));
        RawAnswer answer = get("/paid/x", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.wire()).doesNotContain(Style.TEXT);
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void protocolUpgrade_isRefused(Servers server) throws Exception {
        on("/paid/*", (request, response) -> {
            try {
                request.upgrade(null);
            } catch (IllegalStateException e) {
                throw new ServletException(e);
            }
        });
        start(server);
        assertThat(get("/paid/x", fixture.pay(2)).status()).isEqualTo(500);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.RELEASED);
    }
}
