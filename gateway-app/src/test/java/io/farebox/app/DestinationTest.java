package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.gate.Header;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.FreePort;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** Where requests go, and what a start is refused for. */
class DestinationTest {
    private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

    @TempDir
    private Path folder;

    private RawUpstream upstream;
    private StubFacilitator facilitator;

    @BeforeEach
    void start() throws IOException {
        upstream = RawUpstream.start();
        facilitator = StubFacilitator.start();
    }

    @AfterEach
    void stop() {
        facilitator.close();
        upstream.close();
    }

    private App app(String more, String... arguments) throws IOException {
        return App.start(App.prices(folder, facilitator.url(), more), arguments);
    }

    private String arrived(App app, String target, Header... headers) throws Exception {
        assertThat(RawHttp.get(app.base(), target, headers).status()).as(target).isEqualTo(200);
        return upstream.next().target();
    }

    @Test
    void basePath_isPutBeforeUntouched() throws Exception {
        URI url = URI.create(upstream.url() + "/base%20path/%C3%BC/");
        try (App app = app("upstream: { url: \"" + url + "\" }")) {
            assertThat(arrived(app, "/a%20b/c?d[e]=%20&&=1")).isEqualTo("/base%20path/%C3%BC/a%20b/c?d[e]=%20&&=1");
            assertThat(arrived(app, "/")).isEqualTo("/base%20path/%C3%BC/");
            assertThat(RawHttp.get(app.base(), "/paid/x").status()).isEqualTo(402);
        }
    }

    @Test
    void routesOfTheUser_comeFirst() throws Exception {
        try (RawUpstream other = RawUpstream.start();
                App app = app(
                        "upstream: { url: \"" + upstream.url() + "\" }",
                        ROUTE + "id=other",
                        ROUTE + "uri=" + other.url(),
                        ROUTE + "predicates[0]=Path=/other/**,/paid/other",
                        "--spring.cloud.gateway.server.webflux.default-filters[0]=PreserveHostHeader")) {
            assertThat(RawHttp.get(app.base(), "/other/x?=&").status()).isEqualTo(200);
            assertThat(other.next().target()).isEqualTo("/other/x?=&");
            assertThat(arrived(app, "/x")).isEqualTo("/x");
            assertThat(RawHttp.get(app.base(), "/paid/other").status()).isEqualTo(402);
            RawHttp.get(app.base(), "/host");
            assertThat(upstream.next().all("Host")).containsExactly("h.example");
        }
    }

    @Test
    void routesOfTheUser_aloneAreEnough() throws Exception {
        try (App app = app(
                "",
                ROUTE + "id=other",
                ROUTE + "uri=" + upstream.url(),
                ROUTE + "predicates[0]=Path=/other/**,/paid/**")) {
            assertThat(arrived(app, "/other/x")).isEqualTo("/other/x");
            var none = RawHttp.get(app.base(), "/elsewhere");
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.body()).isEqualTo("{\"error\":\"no_route\",\"message\":\"Nothing is served here.\"}");
        }
    }

    @Test
    void noDestination_isRefused() {
        assertThatThrownBy(() -> app(""))
                .rootCause()
                .hasMessage("The gateway does not know where to pass requests on to.");
    }

    @Test
    void routeThatCannotBeMade_isRefusedWithItsNameAndPlace() {
        String upstreams = "upstream: { url: \"" + upstream.url() + "\" }";
        String[] route = {ROUTE + "id=gold", ROUTE + "uri=" + upstream.url(), ROUTE + "predicates[0]=Path=/gold/**"};
        assertThatThrownBy(() -> app(upstreams, route[0], route[1], route[2], ROUTE + "filters[0]=NoSuchFilter=1"))
                .hasMessageContaining("Route gold of the gateway cannot be used:")
                .hasMessageContaining("NoSuchFilter")
                .extracting("action")
                .asString()
                .contains("spring.cloud.gateway.server.webflux.routes[0] (");
        assertThatThrownBy(
                        () -> app(upstreams, route[0], route[1], route[2], ROUTE + "filters[0]=RequirePayment=/free"))
                .hasMessageContaining("Route gold")
                .hasMessageContaining("names a path that costs nothing");
        assertThatThrownBy(() -> app(upstreams, route[0], route[1], ROUTE + "predicates[0]=Pfad=/gold/**"))
                .hasMessageContaining("Pfad");
    }

    @Test
    void noPriceList_isRefused() {
        assertThatThrownBy(() -> SpringApplication.run(
                        GatewayApplication.class,
                        "--server.port=0",
                        "--management.server.port=0",
                        "--logging.level.root=OFF"))
                .rootCause()
                .hasMessageContaining("no price list");
    }

    @Test
    void ownPort_isRefused() throws IOException {
        int port = FreePort.find();
        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "0.0.0.0")) {
            String url = "upstream: { url: \"http://" + host + ":" + port + "/x\" }";
            assertThatThrownBy(() -> app(url, "--server.port=" + port, "--server.address="))
                    .as(host)
                    .rootCause()
                    .hasMessageContaining("go round for ever");
        }
        assertThatThrownBy(() -> app(
                        "",
                        "--management.server.port=" + port,
                        ROUTE + "id=self",
                        ROUTE + "uri=http://127.0.0.1:" + port,
                        ROUTE + "predicates[0]=Path=/**"))
                .rootCause()
                .hasMessageContaining("uri of route self");
    }
}
