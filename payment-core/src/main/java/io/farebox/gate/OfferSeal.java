package io.farebox.gate;

import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs what version 2 clients are offered, so that a replica takes payments for terms that it has not heard of yet.
 *
 * <p>Every entry of {@code accepts} in {@code PAYMENT-REQUIRED} carries a member {@value #MEMBER} in its {@code extra}:
 *
 * <pre>{@code "<price version>.<mac>"}</pre>
 *
 * The mac is the first 16 bytes, in Base64-URL without padding, of HMAC-SHA256 over everything that the entry says, the route and
 * which of its prices it is, and the price version; each part goes in with its length. The key is HMAC-SHA256 of the public URL
 * under the configured secret, so that services which share a secret do not sign for each other. Clients echo {@code extra}
 * whole; one that leaves the member out loses nothing, as long as the terms are known where it pays. Facilitators never see it:
 * they get our own terms. Immutable and thread-safe.
 */
final class OfferSeal {
    static final String MEMBER = "fareboxOffer";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;
    private static final int MAX_LENGTH = 100;

    private final SecretKeySpec key;

    OfferSeal(GateSettings settings) {
        SecretKeySpec secret = new SecretKeySpec(settings.secret().bytes(), ALGORITHM);
        this.key = new SecretKeySpec(mac(secret, "farebox offer 1\n" + settings.publicUrl()), ALGORITHM);
    }

    /** One of an offer's terms with the signed member in its extra. */
    PaymentRequirements sealed(Offer offer, PaymentRequirements terms) {
        Map<String, Object> extra = new LinkedHashMap<>(terms.extra());
        extra.put(MEMBER, offer.priceVersion() + "." + sign(terms, offer.priceVersion(), offer));
        return with(terms, extra);
    }

    /** The price version that a client's copy of terms names; null if it names none. */
    static @Nullable String version(PaymentRequirements accepted) {
        if (!(accepted.extra().get(MEMBER) instanceof String member) || member.length() > MAX_LENGTH) return null;
        int dot = member.indexOf('.');
        return dot < 0 ? null : member.substring(0, dot);
    }

    /** Whether we, or a replica of ours, offered exactly these terms for what this offer sells. */
    boolean isGenuine(PaymentRequirements accepted, Offer of) {
        String version = version(accepted);
        if (version == null || !(accepted.extra().get(MEMBER) instanceof String member)) return false;
        String right = version + "." + sign(without(accepted), version, of);
        return MessageDigest.isEqual(ascii(right), ascii(member));
    }

    /** The terms without the signed member. */
    static PaymentRequirements without(PaymentRequirements accepted) {
        Map<String, Object> extra = new LinkedHashMap<>(accepted.extra());
        extra.remove(MEMBER);
        return with(accepted, extra);
    }

    private String sign(PaymentRequirements terms, String version, Offer of) {
        StringBuilder text = new StringBuilder(400);
        Object[] parts = {
            version,
            of.routeId(),
            of.rule(),
            terms.scheme(),
            terms.network().caip2(),
            terms.amount(),
            terms.asset(),
            terms.payTo(),
            terms.maxTimeoutSeconds(),
            Json.write(new TreeMap<>(terms.extra()))
        };
        for (Object part : parts) {
            String printed = part.toString();
            text.append(printed.length()).append(':').append(printed);
        }
        byte[] mac = Arrays.copyOf(mac(key, text.toString()), BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PaymentRequirements with(PaymentRequirements terms, Map<String, Object> extra) {
        return new PaymentRequirements(
                terms.scheme(),
                terms.network(),
                terms.amount(),
                terms.asset(),
                terms.payTo(),
                terms.maxTimeoutSeconds(),
                extra);
    }
}
