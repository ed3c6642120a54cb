package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.Eip3009Signer;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.pay.PayingClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paying over TLS, with both versions of HTTP. */
class TlsTest {
    private static final String PASSWORD = "changeit-please";

    private static Path keys;
    private static RawUpstream upstream;
    private static StubFacilitator facilitator;
    private static App app;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        keys = makeKeys(folder);
        upstream = RawUpstream.start();
        facilitator = StubFacilitator.start();
        app = App.start(
                App.prices(folder, facilitator.url(), upstream.url()),
                "--server.ssl.key-store=file:" + keys,
                "--server.ssl.key-store-password=" + PASSWORD,
                "--server.http2.enabled=true",
                "--management.server.ssl.enabled=false");
    }

    @AfterAll
    static void stop() {
        app.close();
        facilitator.close();
        upstream.close();
    }

    private static Path makeKeys(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }

    private static HttpClient client(HttpClient.Version version) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("test", store.getCertificate("test"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().version(version).sslContext(tls).build();
    }

    private static HttpResponse<byte[]> pay(HttpClient http, String path) throws Exception {
        URI url = app.local("https", "local.server.port").resolve(path);
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20)).build();
        HttpResponse<byte[]> challenge = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(challenge.statusCode()).isEqualTo(402);
        Eip3009Signer wallet = Eip3009Signer.random();
        try (PayingClient payer = PayingClient.v2(
                terms -> wallet.sign(terms, Instant.EPOCH, Instant.now().plusSeconds(terms.maxTimeoutSeconds())))) {
            HttpRequest paid = HttpRequest.newBuilder(request, (name, value) -> true)
                    .setHeader("PAYMENT-SIGNATURE", payer.payment(challenge))
                    .build();
            return http.send(paid, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void http2OverTls_paysAndIsServed() throws Exception {
        requireServed(HttpClient.Version.HTTP_2, "/paid/two?a[b]=%20&=1");
    }

    @Test
    void http1OverTls_paysAndIsServed() throws Exception {
        requireServed(HttpClient.Version.HTTP_1_1, "/paid/one");
    }

    private static void requireServed(HttpClient.Version version, String target) throws Exception {
        upstream.forget();
        int charged = facilitator.ledger().charges();
        try (HttpClient http = client(version)) {
            HttpResponse<byte[]> answer = pay(http, target);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).asString().isEqualTo("upstream");
            assertThat(answer.headers().firstValue("PAYMENT-RESPONSE")).isPresent();
        }
        assertThat(facilitator.ledger().charges()).isEqualTo(charged + 1);
        RawUpstream.Head head = upstream.next();
        assertThat(head.target()).isEqualTo(target);
        String host = "127.0.0.1:" + app.context().getEnvironment().getProperty("local.server.port");
        assertThat(head.all("X-Forwarded-Proto")).isEqualTo(List.of("https"));
        assertThat(head.all("X-Forwarded-Host")).isEqualTo(List.of(host));
        assertThat(head.all("X-Farebox-Payer")).hasSize(1);
    }
}
