package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.RawHttp;
import io.farebox.testkit.pay.PayingClient;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitoring system reads. */
class MetersTest {
    @TempDir
    private Path folder;

    @Test
    void payment_isCounted_asItsFacilitatorIs() throws Exception {
        try (RawUpstream upstream = RawUpstream.start();
                StubFacilitator facilitator = StubFacilitator.start();
                PayingClient payer = App.payer();
                App app = App.start(App.prices(folder, facilitator.url(), upstream.url()))) {
            assertThat(payer.get(app.base().resolve("/paid/one")).status()).isEqualTo(200);

            String meters =
                    RawHttp.get(app.management(), "/actuator/prometheus").body();

            assertThat(meters)
                    .contains("farebox_requests_total{outcome=\"challenged\",route=\"paid\"} 1")
                    .contains("farebox_payments_total{route=\"paid\",step=\"settled\"} 1")
                    .contains("farebox_verify_seconds_count{facilitator=\"stub\",outcome=\"valid\"} 1")
                    .contains("farebox_settle_seconds_count")
                    .contains("farebox_revenue_total")
                    .contains("farebox_payments_open{state=\"unknown\"} 0")
                    .contains("farebox_book_up 1")
                    .contains("farebox_facilitator_up{facilitator=\"stub\"} 1");
            JsonObject state = Json.readObject(
                    RawHttp.get(app.management(), "/actuator/farebox").body());
            assertThat(state.objects("routes"))
                    .anySatisfy(route -> assertThat(route.string("id")).isEqualTo("paid"));
            assertThat(state.objects("facilitators").getFirst().members())
                    .containsEntry("id", "stub")
                    .containsEntry("answers", true);
            assertThat(state.string("book")).isEqualTo("available");
            assertThat(state.objects("open")).isEmpty();
        }
    }
}
