package io.farebox.app.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookServerTest {
    private static Keys ec;
    private static Keys rsa;

    @TempDir
    private Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void make(@TempDir Path one, @TempDir Path two) throws Exception {
        ec = Keys.make(one, "EC", "one");
        rsa = Keys.make(two, "RSA", "two");
    }

    private WebhookServer start(Keys keys) throws IOException {
        return WebhookServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                keys.certificate(),
                keys.key(),
                Reviews.admission(folder, false),
                said::add);
    }

    private static HttpClient trusting(Keys keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "it",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(keys.certificate()))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder at(WebhookServer server, String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void review_isAnsweredOverTls(String algorithm) throws Exception {
        Keys keys = algorithm.equals("EC") ? ec : rsa;
        try (WebhookServer server = start(keys);
                HttpClient http = trusting(keys)) {
            byte[] review = Reviews.review("pods", Reviews.json("{'metadata':{'name':'a'}}"));
            HttpResponse<String> answer =
                    send(http, at(server, "/inject").POST(HttpRequest.BodyPublishers.ofByteArray(review)));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Reviews.json(answer.body()).at("/response/allowed").asBoolean())
                    .isTrue();
            assertThat(send(http, at(server, "/healthz")).body()).isEqualTo("ok");
            assertThat(said).containsExactly("left as it is: pods prod/a");
        }
    }

    @Test
    void whatIsNoReview_getsAStatusAndNoTrace() throws Exception {
        Keys keys = ec;
        try (WebhookServer server = start(keys);
                HttpClient http = trusting(keys)) {
            HttpResponse<String> wrong =
                    send(http, at(server, "/inject").POST(HttpRequest.BodyPublishers.ofString("{no")));
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).isEqualTo("This is no JSON.");
            assertThat(send(http, at(server, "/inject")).statusCode()).isEqualTo(405);
            assertThat(send(http, at(server, "/other")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void tooLargeReview_isRefused() throws Exception {
        Keys keys = ec;
        try (WebhookServer server = start(keys);
                HttpClient http = trusting(keys)) {
            byte[] spaces = new byte[4 * 1024 * 1024 + 1];
            Arrays.fill(spaces, (byte) ' ');
            assertThat(send(http, at(server, "/inject").POST(HttpRequest.BodyPublishers.ofByteArray(spaces)))
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    /** Clusters put the renewed files in the place of the old ones, and nobody restarts anything. */
    @Test
    void renewedCertificate_isUsedAndABrokenOneIsNot() throws Exception {
        Keys keys = ec.copiedTo(folder);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        RenewedKey renewed = new RenewedKey(keys.certificate(), keys.key(), now::get);
        rsa.copiedTo(folder);
        assertThat(subject(renewed)).isEqualTo("CN=one");
        now.set(Instant.EPOCH.plusSeconds(11));
        assertThat(subject(renewed)).isEqualTo("CN=two");
        assertThat(renewed.chooseEngineServerAlias("EC", null, null)).isNull();
        assertThat(renewed.chooseEngineServerAlias("RSA", null, null)).isNotNull();
        Files.writeString(keys.key(), "half a fi");
        now.set(Instant.EPOCH.plusSeconds(30));
        assertThat(subject(renewed)).isEqualTo("CN=two");
    }

    private static String subject(RenewedKey key) {
        X509Certificate first = key.getCertificateChain("webhook")[0];
        return first.getSubjectX500Principal().getName();
    }

    /** Helm makes keys in the older form of RSA. */
    @Test
    void rsaKeyOfTheOlderForm_isTheSameKey() throws Exception {
        Keys keys = rsa;
        PrivateKey modern = Pem.key(Files.readString(keys.key(), StandardCharsets.US_ASCII));
        byte[] pkcs8 = modern.getEncoded();
        // Version, algorithm and the head of the octets around it: 26 bytes for a key of 2048 bits and more.
        Path old = folder.resolve("old.key");
        Keys.write(old, "RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
        PrivateKey read = Pem.key(Files.readString(old, StandardCharsets.US_ASCII));
        assertThat(((RSAPrivateCrtKey) read).getModulus()).isEqualTo(((RSAPrivateCrtKey) modern).getModulus());
        assertThat(read).isEqualTo(modern);
    }

    @Test
    void keyThatIsMissingOrNone_isTold() throws Exception {
        Keys keys = ec.copiedTo(folder);
        Files.writeString(keys.key(), "none");
        assertThatThrownBy(() -> start(keys))
                .isInstanceOf(InjectException.class)
                .hasMessageContaining("tls.crt")
                .hasMessageContaining("PEM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"container\":{\"name\":\"farebox\"}}",
                "{\"container\":{\"ports\":[{\"containerPort\":1}]}}"
            })
    void templateThatIsNone_isTold(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.json"), text);
        assertThatThrownBy(() -> SidecarTemplate.read(file))
                .isInstanceOf(InjectException.class)
                .hasMessageContaining("wrong.json");
    }
}
