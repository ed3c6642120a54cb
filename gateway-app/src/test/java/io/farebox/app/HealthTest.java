package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.settlement.Farebox;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.FreePort;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What probes see when parts fail. */
class HealthTest {
    private static final String PAYMENTS = "/actuator/health/payments";

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

    private static RawAnswer health(App app, String path) throws IOException {
        return RawHttp.get(app.management(), path);
    }

    private static void await(App app, String what) throws IOException {
        Instant end = Instant.now().plusSeconds(30);
        String seen = "";
        while (Instant.now().isBefore(end)) {
            seen = health(app, PAYMENTS).body();
            if (seen.contains(what)) return;
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("not \"" + what + "\" but " + seen);
    }

    @Test
    void lostBook_takesPaymentsDownAndNothingElse() throws Exception {
        try (App app = App.start(App.prices(folder, facilitator.url(), upstream.url()))) {
            assertThat(health(app, PAYMENTS).status()).isEqualTo(200);
            ((AutoCloseable) app.context().getBean(Farebox.class).book()).close();
            RawAnswer down = health(app, PAYMENTS);
            assertThat(down.status()).isEqualTo(503);
            assertThat(down.body()).contains("\"reason\":\"book_unavailable\"").doesNotContain("jdbc", "xception");
            assertThat(health(app, "/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(health(app, "/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(RawHttp.get(app.base(), "/free").status()).isEqualTo(200);
        }
    }

    @Test
    void lostFacilitator_showsWithoutBeingAsked() throws Exception {
        facilitator.stop();
        try (App app = App.start(App.prices(folder, facilitator.url(), upstream.url()))) {
            await(app, "does not answer");
            RawAnswer down = health(app, PAYMENTS);
            assertThat(down.status()).isEqualTo(503);
            assertThat(down.body()).contains("\"stub\":\"does not answer\"", "[\"paid\"]");
            assertThat(health(app, "/actuator/health/readiness").status()).isEqualTo(200);
            facilitator.startAgain();
            await(app, "\"stub\":\"answers\"");
            int asked = facilitator.requests().size();
            for (int i = 0; i < 20; i++)
                assertThat(health(app, PAYMENTS).status()).isEqualTo(200);
            assertThat(facilitator.requests()).hasSize(asked);
        }
    }

    @Test
    void oneOfTwoFacilitators_isEnough() throws Exception {
        Path prices = App.prices(folder, facilitator.url(), upstream.url());
        String second = "  - { id: second, url: \"http://127.0.0.1:" + FreePort.find() + "\", connect-timeout: 1s }\n";
        String off = "  - { id: off, enabled: false, url: \"http://127.0.0.1:7\" }\n";
        replace("facilitators:\n", "facilitators:\n" + second + off);
        try (App app = App.start(prices)) {
            await(app, "\"second\":\"does not answer\"");
            assertThat(health(app, PAYMENTS).status()).isEqualTo(200);
            assertThat(health(app, PAYMENTS).body()).doesNotContain("\"off\"");
        }
    }

    private void replace(String what, String with) throws IOException {
        Path file = folder.resolve("farebox.yaml");
        Files.writeString(file, Files.readString(file).replace(what, with));
    }

    @Test
    void pricesForEveryPath_leaveProbesAlone() throws Exception {
        Path prices = App.prices(folder, facilitator.url(), upstream.url());
        replace("/paid/**", "/**");
        try (App app = App.start(prices)) {
            assertThat(RawHttp.get(app.base(), "/anything").status()).isEqualTo(402);
            assertThat(health(app, "/actuator/health").status()).isEqualTo(200);
            assertThat(health(app, PAYMENTS).status()).isEqualTo(200);
        }
    }
}
