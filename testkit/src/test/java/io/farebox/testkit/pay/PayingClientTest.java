package io.farebox.testkit.pay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.farebox.testkit.facilitator.SamplePayments;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.HeaderReading;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.WireCodec;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.v1.V1Codec;
import io.farebox.x402.v2.V2Codec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PayingClientTest {
    private static final FacilitatorRequest SAMPLE = SamplePayments.evm(2, 1);
    private static final V1Codec V1 = new V1Codec(SamplePayments.V1_NAMES);
    private static final V2Codec V2 = new V2Codec();

    private final HttpServer server = start();
    private final URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/risk");

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void get_asVersion1_paysWithItsHeader() {
        try (PayingClient client = PayingClient.v1(
                SamplePayments.V1_NAMES, terms -> SAMPLE.payment().payload())) {
            assertPaid(client.get(uri), V1);
        }
    }

    @Test
    void get_asVersion2_paysWithItsHeaderAndEchoesTheTerms() {
        try (PayingClient client = PayingClient.v2(terms -> SAMPLE.payment().payload())) {
            PaidExchange exchange = client.get(uri);
            assertPaid(exchange, V2);
            HeaderReading.Read read =
                    (HeaderReading.Read) V2.readPayment(exchange.payment().orElseThrow());
            assertThat(read.payment().accepted()).isEqualTo(SAMPLE.requirements());
            assertThat(read.payment().resource()).isEqualTo(SAMPLE.resource());
        }
    }

    @Test
    void get_likingNothing_paysNothing() {
        try (PayingClient client = PayingClient.v2(terms -> SAMPLE.payment().payload())) {
            assertThatThrownBy(() -> client.liking(option -> false).get(uri)).hasMessageContaining("liking");
        }
    }

    @Test
    void get_free_paysNothing() {
        try (PayingClient client = PayingClient.v2(terms -> {
            throw new AssertionError("asked to sign");
        })) {
            PaidExchange exchange = client.get(uri.resolve("/free"));
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.payment()).isEmpty();
            assertThat(exchange.receipt()).isEmpty();
        }
    }

    private static void assertPaid(PaidExchange exchange, WireCodec codec) {
        assertThat(exchange.status()).isEqualTo(200);
        HeaderReading.Read read =
                (HeaderReading.Read) codec.readPayment(exchange.payment().orElseThrow());
        assertThat(read.payment().payload()).isEqualTo(SAMPLE.payment().payload());
        assertThat(exchange.receipt().orElseThrow().string("transaction")).isEqualTo("0x1");
    }

    /** Prices everything but {@code /free}, and takes any payment that its codec can read. */
    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", PayingClientTest::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean free = exchange.getRequestURI().getPath().equals("/free");
            for (WireCodec codec : List.of(V1, V2)) {
                String header = exchange.getRequestHeaders().getFirst(codec.paymentHeader());
                if (header == null || !(codec.readPayment(header) instanceof HeaderReading.Read)) continue;
                SettleResponse receipt =
                        new SettleResponse(true, null, SamplePayments.PAYER, "0x1", SamplePayments.BASE_SEPOLIA);
                exchange.getResponseHeaders().set(codec.receiptHeader(), codec.writeReceipt(receipt));
                free = true;
            }
            byte[] body = challenge(1, V1.requirements(SAMPLE.requirements(), SAMPLE.resource(), null));
            String header = Base64Json.encode(
                    new String(challenge(2, V2.requirements(SAMPLE.requirements())), StandardCharsets.US_ASCII));
            if (!free) exchange.getResponseHeaders().set(V2Codec.CHALLENGE_HEADER, header);
            exchange.sendResponseHeaders(free ? 200 : 402, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] challenge(int version, Map<String, Object> option) {
        return Json.write(Map.of(
                        "x402Version",
                        version,
                        "error",
                        "payment required",
                        "resource",
                        V2.resource(SAMPLE.resource()),
                        "accepts",
                        List.of(option)))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
