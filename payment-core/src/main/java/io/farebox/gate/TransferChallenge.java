package io.farebox.gate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a payer signs to show a transfer: text of ours that is good for one request (method, path, query) at one price for a while,
 * and of which nothing is kept: {@code c1.<seconds since 1970>.<nonce>.<price version>.<mac>}. Thread-safe.
 */
final class TransferChallenge {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "c1";
    private static final int BYTES = 16;
    private static final int LONGEST = 200;

    /** Longer than a transfer takes on any chain; whoever is later signs a new challenge, and pays nothing for it. */
    private static final Duration LIFE = Duration.ofHours(1);

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** Of this process. Nonces are made of it, because a secure random may have to wait, which an event loop must not. */
    private final String origin;

    private final AtomicLong issued = new AtomicLong();
    private final SecretKeySpec key;

    TransferChallenge(GateSettings settings) {
        SecretKeySpec secret = new SecretKeySpec(settings.secret().bytes(), ALGORITHM);
        this.key = new SecretKeySpec(mac(secret, "farebox transfer challenge 1\n" + settings.publicUrl()), ALGORITHM);
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        this.origin = TEXT.encodeToString(random);
    }

    /** A new one for a request. @param requestDigest see {@link Digests#request} */
    String issue(Offer offer, String requestDigest, Instant now) {
        // Never the same twice, and it does not tell how many there were.
        byte[] nonce = mac(key, "nonce " + issued.incrementAndGet() + " of " + origin);
        return text(now.getEpochSecond(), TEXT.encodeToString(Arrays.copyOf(nonce, BYTES)), offer, requestDigest);
    }

    /** Whether it is ours, for this request at this price, and its time is not over. */
    boolean isFor(String challenge, Offer offer, String requestDigest, Instant now) {
        String[] parts = challenge.length() > LONGEST ? new String[0] : challenge.split("\\.", 4);
        if (parts.length < 4 || !parts[0].equals(PREFIX) || !parts[1].matches("[1-9][0-9]{0,11}")) return false;
        Instant issued = Instant.ofEpochSecond(Long.parseLong(parts[1]));
        if (issued.isAfter(now.plus(SKEW)) || !issued.plus(LIFE).isAfter(now)) return false;
        byte[] right = ascii(text(issued.getEpochSecond(), parts[2], offer, requestDigest));
        return MessageDigest.isEqual(right, ascii(challenge));
    }

    private String text(long issued, String nonce, Offer offer, String requestDigest) {
        String said = PREFIX + '.' + issued + '.' + nonce + '.' + offer.priceVersion();
        StringBuilder signed = new StringBuilder(300);
        for (String part : new String[] {said, offer.routeId(), offer.rule(), requestDigest})
            signed.append(part.length()).append(':').append(part);
        return said + '.' + TEXT.encodeToString(Arrays.copyOf(mac(key, signed.toString()), BYTES));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(ascii(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
