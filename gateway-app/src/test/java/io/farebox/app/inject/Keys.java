package io.farebox.app.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key and its certificate as files of PEM, made by the JDK's own tool. */
record Keys(Path certificate, Path key) {
    private static final String PASSWORD = "changeit-please";

    /** @param algorithm EC or RSA */
    static Keys make(Path folder, String algorithm, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        algorithm,
                        "-keysize",
                        algorithm.equals("RSA") ? "2048" : "256",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Keys made = new Keys(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        write(made.certificate(), "CERTIFICATE", keys.getCertificate("it").getEncoded());
        write(
                made.key(),
                "PRIVATE KEY",
                keys.getKey("it", PASSWORD.toCharArray()).getEncoded());
        return made;
    }

    /** The same in another folder, over what is there. */
    Keys copiedTo(Path folder) throws IOException {
        Keys copy = new Keys(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        Files.copy(certificate, copy.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key, copy.key(), StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    static void write(Path file, String what, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
