package io.farebox.gate;

import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rail for prepaid credentials, as far as it is pure: what a request's headers say. What a token names is found out by
 * {@link Draws}.
 */
final class TokenRail {
    static final String TOKEN = "X-PAYMENT-TOKEN";
    static final String KEY = "Idempotency-Key";

    /** What a client writes in the place of a token to be given one. */
    static final String NEW = "new";

    /** Paths that begin so are answered here and nowhere else. */
    static final String OWN = "/.farebox/";

    /** Where a holder asks about a token, or ends it. */
    static final String PATH = OWN + "token";

    private static final Pattern KEY_FORM = Pattern.compile("[!-~]{1,255}");

    private final boolean taken;
    private final TokenSeal seal;

    TokenRail(GateSettings settings, @Nullable Prepaid prepaid) {
        this.taken = prepaid != null;
        this.seal = new TokenSeal(settings);
    }

    /** What a request's headers say. */
    sealed interface Reading {
        /** Something that is no token. */
        record Malformed(String reason) implements Reading {}

        /** A token that was not made here. */
        record Unknown(PaymentPayload payment) implements Reading {}

        /** A token that was made here, whatever has become of it. */
        record Read(PaymentPayload payment) implements Reading {}
    }

    boolean isTaken() {
        return taken;
    }

    static boolean isOwn(String path) {
        return path.regionMatches(true, 0, OWN, 0, OWN.length());
    }

    /** The tokens that a request shows, in whatever form; none if none are taken here, and asking for one is showing none. */
    List<String> shown(GateRequest request) {
        if (!taken) return List.of();
        List<String> values = request.headers(TOKEN);
        return values.isEmpty() || isAskedFor(values) ? List.of() : values;
    }

    /** Whether the request asks for a token. */
    boolean isAskedFor(GateRequest request) {
        return taken && isAskedFor(request.headers(TOKEN));
    }

    private static boolean isAskedFor(List<String> values) {
        return values.size() == 1 && values.getFirst().equals(NEW);
    }

    /** Whether a token stands where it is logged. */
    boolean isInTarget(GateRequest request) {
        if (!taken) return false;
        String query = request.query();
        return query != null && seal.isIn(query) || seal.isIn(request.fullPath());
    }

    /** Reads a request that shows one token. @param any terms of the offer; which of them the token meets is not known yet */
    Reading read(GateRequest request, PaymentRequirements any) {
        String token = request.headers(TOKEN).getFirst();
        List<String> keys = request.headers(KEY);
        if (!token.startsWith(TokenSeal.PREFIX)) return new Reading.Malformed(TokenReasons.MALFORMED);
        if (keys.size() > 1
                || !keys.isEmpty() && !KEY_FORM.matcher(keys.getFirst()).matches())
            return new Reading.Malformed(TokenReasons.KEY_MALFORMED);
        boolean genuine = seal.isGenuine(token);
        // Of what a stranger made up nothing is kept, not even in memory.
        var payload = new SchemePayload.Token(
                genuine ? TokenSeal.digest(token) : "", keys.isEmpty() ? null : name(keys.getFirst()), null);
        var payment = new PaymentPayload(2, SchemePayload.Token.SCHEME, any.network(), null, payload, null, Map.of());
        return genuine ? new Reading.Read(payment) : new Reading.Unknown(payment);
    }

    /** The digest of the only token in a request; null if it is not one that was made here. */
    @Nullable
    String digest(GateRequest request) {
        List<String> values = request.headers(TOKEN);
        return values.size() == 1 && seal.isGenuine(values.getFirst()) ? TokenSeal.digest(values.getFirst()) : null;
    }

    /** Of a length and in characters that any book can keep; never what a client calls a payment of another kind. */
    private static String name(String key) {
        return "key:" + Digests.sha256(key.getBytes(StandardCharsets.UTF_8));
    }

    String mint() {
        return seal.mint();
    }
}
