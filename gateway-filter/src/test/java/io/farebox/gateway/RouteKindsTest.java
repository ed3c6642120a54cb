package io.farebox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.Header;
import io.farebox.gate.Mode;
import io.farebox.gate.PaymentFacts;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Routes that do something else than pass a request on: forwards, caches, rewrites, retries, protocol changes. */
class RouteKindsTest {
    @EnableAutoConfiguration
    @Import(Application.Local.class)
    static class Application {
        @RestController
        static class Local {
            @GetMapping("/local/x")
            String forwarded(@RequestAttribute(PaymentFilters.PAYMENT) PaymentFacts payment) {
                return "LOCAL for " + payment.payer();
            }

            @GetMapping({"/paid/local", "/unpriced/local"})
            String local() {
                return "LOCAL";
            }
        }
    }

    private final GateFixture fixture = new GateFixture(Mode.ENFORCE);
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private Host host;

    @BeforeEach
    void start() throws IOException {
        var upstream = new RawUpstream((socket, head) -> {
            heads.add(head);
            boolean fails = failures.getAndDecrement() > 0;
            RawUpstream.write(
                    socket,
                    "HTTP/1.1 " + (fails ? "503 Down" : "200 OK")
                            + "\r\nCache-Control: max-age=600\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nPREMIUM");
        });
        var routes = new Routes();
        String to = upstream.base().toString();
        routes.add("forward", "forward:/local/x", "/paid/forwarded");
        routes.add("priced-forward", "forward:/paid/local", "/free/forwarded");
        routes.add("cached", to, "/paid/cached", "LocalResponseCache=10m,1MB");
        routes.add("rewritten", to, "/paid/rewritten", "RewritePath=/paid/rewritten, /somewhere/else");
        routes.add("retried", to, "/paid/retried", "Retry=3");
        routes.add("redirected", to, "/paid/redirected", "RedirectTo=302, https://elsewhere.example/PREMIUM");
        routes.add("socket", to.replace("http", "ws"), "/paid/socket");
        routes.add("required", to, "/required/**", "RequirePayment");
        routes.add("as", to, "/plain/**", "RequirePayment=/paid/tier");
        routes.add("rest", to, "/**");
        host = TestGateway.host(TestGateway.run(Application.class, fixture.gate(), routes.arguments), upstream);
    }

    private static final class Routes {
        private final List<String> arguments = new ArrayList<>(
                List.of("--spring.cloud.gateway.server.webflux.filter.local-response-cache.enabled=true"));
        private int count;

        private void add(String id, String uri, String path, String... filters) {
            String route = "--spring.cloud.gateway.server.webflux.routes[" + count++ + "].";
            arguments.addAll(List.of(route + "id=" + id, route + "uri=" + uri, route + "predicates[0]=Path=" + path));
            for (int i = 0; i < filters.length; i++) arguments.add(route + "filters[" + i + "]=" + filters[i]);
        }
    }

    @AfterEach
    void nothingIsLeftOpen() {
        fixture.requireNothingOpen();
        host.close();
        fixture.close();
    }

    private RawAnswer get(String target, Header... headers) throws IOException {
        return RawHttp.get(host.base(), target, headers);
    }

    private void requirePaidOnce(RawAnswer answer) {
        assertThat(answer.header("PAYMENT-RESPONSE")).isNotEmpty();
        assertThat(fixture.onlyRow().delivery()).isEqualTo(DeliveryState.COMPLETE);
        assertThat(fixture.charges()).isEqualTo(1);
    }

    @Test
    void forward_isPaidFor() throws IOException {
        assertThat(get("/paid/forwarded").status()).isEqualTo(402);
        RawAnswer answer = get("/paid/forwarded", fixture.pay(2));
        assertThat(answer.body()).isEqualTo("LOCAL for " + GateFixture.PAYER);
        requirePaidOnce(answer);
    }

    @Test
    void freeForward_toAPricedPath_isRefused() throws IOException {
        RawAnswer answer = get("/free/forwarded");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.wire()).doesNotContain("LOCAL");
    }

    @Test
    void controller_onAPricedPath_isNotServed() throws IOException {
        RawAnswer answer = get("/paid/local", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.wire()).doesNotContain("LOCAL");
        assertThat(get("/unpriced/local").body()).isEqualTo("LOCAL");
    }

    @Test
    void cached_isPaidForEachTime() throws IOException {
        for (int i = 1; i <= 3; i++) {
            RawAnswer answer = get("/paid/cached", fixture.pay(2));
            assertThat(answer.body()).isEqualTo("PREMIUM");
            assertThat(answer.all("PAYMENT-RESPONSE")).hasSize(1);
            assertThat(fixture.charges()).isEqualTo(i);
            assertThat(get("/paid/cached").status()).isEqualTo(402);
        }
    }

    @Test
    void rewritten_isPricedAsAskedFor() throws IOException {
        assertThat(get("/paid/rewritten").status()).isEqualTo(402);
        requirePaidOnce(get("/paid/rewritten", fixture.pay(2)));
        assertThat(heads).hasSize(1).first().asString().startsWith("GET /somewhere/else HTTP/1.1");
    }

    @Test
    void retried_isChargedOnce() throws IOException {
        failures.set(2);
        RawAnswer answer = get("/paid/retried", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(heads).hasSize(3);
        requirePaidOnce(answer);
    }

    @Test
    void redirectedByAFilter_isPaidFor() throws IOException {
        assertThat(get("/paid/redirected").wire()).doesNotContain("PREMIUM");
        RawAnswer answer = get("/paid/redirected", fixture.pay(2));
        assertThat(answer.status()).isEqualTo(302);
        requirePaidOnce(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/paid/socket", "/paid/x"})
    void webSocket_onAPricedPath_isRefused(String target) throws IOException {
        Header[] upgrade = {
            new Header("Connection", "Upgrade, close"),
            new Header("Upgrade", "websocket"),
            new Header("Sec-WebSocket-Version", "13"),
            new Header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        };
        RawAnswer unpaid = get(target, upgrade);
        assertThat(unpaid.status()).isEqualTo(400);
        assertThat(unpaid.body()).contains("priced_upgrade");
        Header[] paid = {upgrade[0], upgrade[1], upgrade[2], upgrade[3], fixture.pay(2)};
        assertThat(get(target, paid).status()).isEqualTo(400);
        assertThat(heads).isEmpty();
        assertThat(fixture.charges()).isZero();
    }

    @Test
    void required_isNeverServedUnpriced() throws IOException {
        RawAnswer answer = get("/required/x");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(get("/required/x", fixture.pay(2)).status()).isEqualTo(404);
        assertThat(heads).isEmpty();
    }

    @Test
    void requiredAs_costsWhatThatPathCosts() throws IOException {
        RawAnswer asked = get("/plain/a");
        assertThat(asked.status()).isEqualTo(402);
        assertThat(asked.body()).contains("https://api.example.com/plain/a");
        requirePaidOnce(get("/plain/a", fixture.pay(2)));
        assertThat(heads).hasSize(1).first().asString().startsWith("GET /plain/a ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/free/x", "$0.05", "gold"})
    void requiredAs_whatHasNoPrice_isRefused(String pricedAs) {
        var config = new RequirePaymentGatewayFilterFactory.Config();
        config.setPricedAs(pricedAs);
        assertThatThrownBy(() -> new RequirePaymentGatewayFilterFactory(fixture.gate()).apply(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RequirePayment=" + pricedAs)
                .hasMessageContaining("farebox.yaml");
    }
}
