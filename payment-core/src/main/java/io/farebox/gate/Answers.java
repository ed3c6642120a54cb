package io.farebox.gate;

import io.farebox.x402.SettleResponse;
import io.farebox.x402.WireCodec;
import io.farebox.x402.json.Json;
import io.farebox.x402.v1.V1Codec;
import io.farebox.x402.v2.V2Codec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one place where answers of the gate are made: every 204, 400, 402, 409, 412 and 503. */
final class Answers {
    /** What the reference servers say, each to its own generation. */
    private static final String NO_PAYMENT_V1 = "X-PAYMENT header is required";

    private static final String NO_PAYMENT_V2 = "Payment required";
    private static final Duration RETRY = Duration.ofSeconds(30);

    /** About as long as two blocks of most chains take. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(5);

    private static final Header JSON = new Header("Content-Type", "application/json");
    private static final Header NO_STORE = new Header("Cache-Control", "no-store");
    private static final Header VARY = new Header("Vary", "PAYMENT-SIGNATURE, X-PAYMENT, Authorization, Origin");

    /** More prices than any list should have; beyond that, rendering starts afresh. */
    private static final int MAX_CHALLENGES = 20_000;

    private final V1Codec v1;
    private final V2Codec v2;
    private final GateSettings settings;
    private final OfferSeal seal;
    private final TransferRail rail;
    private final TokenRail tokens;
    private final InstantSource clock;
    private final Map<Offer, Rendered> rendered = new ConcurrentHashMap<>();
    private volatile String latestVersion = "";

    Answers(V1Codec v1, V2Codec v2, GateSettings settings, TransferRail rail, TokenRail tokens, InstantSource clock) {
        this.v1 = v1;
        this.v2 = v2;
        this.settings = settings;
        this.seal = new OfferSeal(settings);
        this.rail = rail;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The 402 for a request without payment. */
    GateResponse challenge(Offer offer, Place place) {
        Rendered of = rendered(offer);
        Rendered.Last last = of.last;
        if (last != null && place.cors().isEmpty() && last.url.equals(place.url()) && last.base.equals(place.base()))
            return last.response;
        GateResponse response = challenge(offer, place, NO_PAYMENT_V1, NO_PAYMENT_V2, List.of());
        // What a transfer's payer signs is another text each time.
        if (place.cors().isEmpty() && !rail.isOffered(offer))
            of.last = new Rendered.Last(place.url(), place.base(), response);
        return response;
    }

    /** The 402 (or 412) for a payment that was not accepted. */
    GateResponse refusal(Decision.Attempt attempt, String reason) {
        return refusal(attempt.offer(), Place.of(attempt), reason);
    }

    /** The 402 (or 412) for a payment that was not accepted for what this offer sells. */
    GateResponse refusal(Offer offer, Place place, String reason) {
        List<Header> more =
                reason.equals(TransferReasons.PENDING) ? List.of(retryAfter(CONFIRMATION)) : List.<Header>of();
        GateResponse response = challenge(offer, place, reason, reason, more);
        return reason.equals("permit2_allowance_required")
                ? new GateResponse(412, response.headers(), response.body())
                : response;
    }

    /** The 402 for a payment that certainly did not settle: a receipt that says so, and a new challenge. */
    GateResponse notSettled(Decision.Attempt attempt, SettleResponse receipt, String reason) {
        return challenge(attempt.offer(), Place.of(attempt), reason, reason, List.of(receipt(attempt, receipt)));
    }

    /** 400, 404, 405, 503: refused before anything was paid. */
    GateResponse rejection(int status, String reason, List<Header> cors) {
        return plain(status, reason, cors, status == 503 ? List.of(retryAfter(RETRY)) : List.of());
    }

    /** 409: this payment is being used, or was used; then with the original receipt. */
    GateResponse conflict(Decision.Attempt attempt, String reason, @Nullable SettleResponse receipt) {
        List<Header> more =
                receipt == null ? List.of(new Header("Retry-After", "1")) : List.of(receipt(attempt, receipt));
        return plain(409, reason, attempt.cors(), more);
    }

    /** 503 without a new challenge, so that nobody signs again for what may be paid already. */
    GateResponse unavailable(Decision.Attempt attempt, String reason, Duration retryAfter) {
        return plain(503, reason, attempt.cors(), List.of(retryAfter(retryAfter)));
    }

    /** 503 for an outcome that is not known yet. */
    GateResponse outcomeUnknown(Decision.Attempt attempt, Duration retryAfter) {
        SettleResponse pending = new SettleResponse(false, SettleResponse.PENDING, null, "", null);
        return plain(
                503,
                SettleResponse.PENDING,
                attempt.cors(),
                List.of(retryAfter(retryAfter), receipt(attempt, pending)));
    }

    /** 204 for a preflight. */
    GateResponse preflight(List<Header> headers) {
        return new GateResponse(204, headers, new byte[0]);
    }

    /** What a holder asked for, or bought; for nobody else's eyes. */
    GateResponse said(int status, Map<String, Object> said, List<Header> cors) {
        List<Header> headers = new ArrayList<>(List.of(JSON, NO_STORE));
        headers.addAll(cors);
        return new GateResponse(status, headers, Json.write(said).getBytes(StandardCharsets.US_ASCII));
    }

    /** 204 for what a holder asked to be done. */
    GateResponse done(List<Header> cors) {
        List<Header> headers = new ArrayList<>(List.of(NO_STORE));
        headers.addAll(cors);
        return new GateResponse(204, headers, new byte[0]);
    }

    Header receipt(Decision.Attempt attempt, SettleResponse receipt) {
        WireCodec codec = attempt.payment().version() == 1 ? v1 : v2;
        return new Header(codec.receiptHeader(), codec.writeReceipt(receipt));
    }

    private GateResponse challenge(Offer offer, Place place, String v1Error, String v2Error, List<Header> more) {
        Challenge challenge = rendered(offer).challenge;
        List<Header> headers = new ArrayList<>(List.of(JSON, NO_STORE, VARY));
        headers.add(new Header(V2Codec.CHALLENGE_HEADER, challenge.header(place.url(), v2Error, place.base())));
        headers.addAll(place.cors());
        headers.addAll(more);
        String transfer = rail.isOffered(offer) ? rail.challenge(offer, place.digest(), clock.instant()) : "";
        return new GateResponse(402, headers, challenge.body(place.url(), v1Error, place.base(), transfer));
    }

    private static GateResponse plain(int status, String reason, List<Header> cors, List<Header> more) {
        List<Header> headers = new ArrayList<>(List.of(JSON, NO_STORE));
        headers.addAll(cors);
        headers.addAll(more);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", reason);
        body.put("message", Reasons.explain(reason));
        return new GateResponse(status, headers, Json.write(body).getBytes(StandardCharsets.US_ASCII));
    }

    private static Header retryAfter(Duration duration) {
        return new Header("Retry-After", Long.toString(Math.max(1, duration.toSeconds())));
    }

    private Rendered rendered(Offer offer) {
        Rendered known = rendered.get(offer);
        if (known != null) return known;
        forgetOld(offer.priceVersion());
        return rendered.computeIfAbsent(
                offer, o -> new Rendered(new Challenge(o, v1, v2, settings, seal, rail, tokens)));
    }

    /** Nobody is asked for an older price, but by a request that began before: it is rendered once more, if at all. */
    private void forgetOld(String version) {
        String latest = latestVersion;
        if (version.compareTo(latest) > 0) {
            latestVersion = version;
            rendered.keySet().removeIf(offer -> offer.priceVersion().compareTo(version) < 0);
        }
        if (rendered.size() >= MAX_CHALLENGES) rendered.clear();
    }

    private static final class Rendered {
        private final Challenge challenge;
        private volatile @Nullable Last last;

        private Rendered(Challenge challenge) {
            this.challenge = challenge;
        }

        private record Last(String url, String base, GateResponse response) {}
    }
}
