package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Header;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a request may bring, and what strangers find on the two ports. */
class LimitsTest {
    private static RawUpstream upstream;
    private static StubFacilitator facilitator;
    private static App app;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        upstream = RawUpstream.start();
        facilitator = StubFacilitator.start();
        app = App.start(App.prices(folder, facilitator.url(), upstream.url()));
    }

    @AfterAll
    static void stop() {
        app.close();
        facilitator.close();
        upstream.close();
    }

    private static RawAnswer get(String target, Header... headers) throws IOException {
        return RawHttp.get(app.base(), target, headers);
    }

    @Test
    void headers_upTo16KiB() throws IOException {
        for (int size : new int[] {4_000, 8_000, 8_300, 16_000}) {
            assertThat(get("/free", new Header("X-Big", "x".repeat(size))).status())
                    .as("%d", size)
                    .isEqualTo(200);
            assertThat(get("/paid/x", new Header("X-PAYMENT", "x".repeat(size))).status())
                    .as("%d", size)
                    .isEqualTo(400);
        }
        for (int size : new int[] {16_500, 70_000}) {
            RawAnswer answer = get("/paid/x", new Header("X-PAYMENT", "x".repeat(size)));
            assertThat(answer.status()).as("%d", size).isEqualTo(431);
            assertThat(answer.body()).isEmpty();
        }
        Header[] many = IntStream.range(0, 200)
                .mapToObj(i -> new Header("X-Many-" + i, "x"))
                .toArray(Header[]::new);
        assertThat(get("/free", many).status()).isEqualTo(200);
    }

    @Test
    void requestLine_upTo8KiB() throws IOException {
        assertThat(get("/free?" + "x".repeat(8_000)).status()).isEqualTo(200);
        assertThat(get("/free?" + "x".repeat(8_300)).status()).isEqualTo(414);
    }

    @Test
    void managementPort_showsHealthAndInfoOnly() throws IOException {
        for (String path : new String[] {
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/actuator/health/payments",
            "/actuator/info"
        }) {
            assertThat(RawHttp.get(app.management(), path).status()).as(path).isEqualTo(200);
        }
        for (String path : new String[] {
            "/actuator",
            "/actuator/env",
            "/actuator/configprops",
            "/actuator/heapdump",
            "/actuator/gateway/routes",
            "/actuator/gateway",
            "/actuator/loggers",
            "/actuator/shutdown",
            "/actuator/env;x",
            "/actuator/%65nv",
            "/actuator/env/",
            "/actuator/metrics",
            "/actuator/beans",
            "/actuator/refresh",
            "/actuator/threaddump",
            "/paid/x"
        }) {
            assertThat(RawHttp.get(app.management(), path).status()).as(path).isIn(400, 404);
            assertThat(RawHttp.exchange(app.management(), "POST", path, "{}".getBytes())
                            .status())
                    .as(path)
                    .isIn(400, 404, 405);
        }
    }

    @Test
    void mainPort_showsNothingOfTheManagement() throws Exception {
        upstream.forget();
        assertThat(get("/actuator/health").body()).isEqualTo("upstream");
        assertThat(upstream.next().target()).isEqualTo("/actuator/health");
        assertThat(get("/error").body()).isEqualTo("upstream");
    }
}
