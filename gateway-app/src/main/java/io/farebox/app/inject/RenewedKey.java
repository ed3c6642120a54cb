package io.farebox.app.inject;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of the webhook, read again from its files when they have changed: clusters renew certificates in place. Files that
 * cannot be read leave the one of before in use. Thread-safe.
 */
final class RenewedKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "webhook";
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Path certificate;
    private final Path key;
    private final InstantSource clock;
    private volatile Pair now;

    private record Pair(X509Certificate[] chain, PrivateKey key, Instant read) {}

    /** @throws InjectException if there is no key and certificate to begin with */
    RenewedKey(Path certificate, Path key, InstantSource clock) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        try {
            now = read();
        } catch (IOException | GeneralSecurityException e) {
            throw new InjectException("There is no certificate in " + certificate + " with its key in " + key
                    + ". Both are PEM, the key PKCS #8, or PKCS #1 for RSA.");
        }
    }

    private Pair read() throws IOException, GeneralSecurityException {
        X509Certificate[] chain =
                Pem.certificates(Files.readAllBytes(certificate)).toArray(X509Certificate[]::new);
        if (chain.length == 0) throw new GeneralSecurityException("no certificate");
        PrivateKey own = Pem.key(Files.readString(key, StandardCharsets.US_ASCII));
        if (!own.getAlgorithm().equals(chain[0].getPublicKey().getAlgorithm()))
            throw new GeneralSecurityException("another certificate's key");
        return new Pair(chain, own, clock.instant());
    }

    private Pair current() {
        Pair last = now;
        if (clock.instant().isBefore(last.read().plus(LOOK))) return last;
        try {
            now = read();
        } catch (IOException | GeneralSecurityException e) {
            now = new Pair(last.chain(), last.key(), clock.instant());
        }
        return now;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return current().key().getAlgorithm().equals(keyType) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return current().key().getAlgorithm().equals(keyType) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current().chain().clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current().key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
