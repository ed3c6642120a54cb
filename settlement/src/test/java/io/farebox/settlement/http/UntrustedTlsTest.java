package io.farebox.settlement.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SECURITY T058: a certificate that nobody vouches for. */
class UntrustedTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    @Test
    void settle_selfSignedCertificate_isNotReachedAndNothingIsSent() throws Exception {
        AtomicInteger read = new AtomicInteger();
        try (SSLServerSocket server = listen()) {
            Thread.ofVirtual().start(() -> serve(server, read));
            URI url = URI.create("https://127.0.0.1:" + server.getLocalPort());
            try (HttpFacilitator facilitator = Stubbed.client(Stubbed.settings(url))) {
                FacilitatorUnavailableException failure = Stubbed.settleFails(facilitator);
                assertThat(failure.reach()).isEqualTo(Reach.NOT_REACHED);
                assertThat(failure.reason()).isEqualTo("tls_failed");
            }
        }
        assertThat(read).hasValue(0);
    }

    private static void serve(SSLServerSocket server, AtomicInteger read) {
        try (SSLSocket socket = (SSLSocket) server.accept();
                InputStream in = socket.getInputStream()) {
            while (in.read() >= 0) read.incrementAndGet();
        } catch (IOException e) {
            // The client turned away, as it should.
        }
    }

    private SSLServerSocket listen() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(selfSigned())) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private Path selfSigned() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "stub",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }
}
