package io.farebox.gate;

import io.farebox.x402.HeaderReading;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.WireCodec;
import io.farebox.x402.v1.V1Codec;
import io.farebox.x402.v2.V2Codec;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pure half of the gate: request in, decision out. */
final class Decisions {
    private static final Decision UNPRICED =
            new Decision.Free(new GateEvent.Passed(null, GateEvent.Passed.Why.UNPRICED));
    private static final Decision OFF = new Decision.Free(new GateEvent.Passed(null, GateEvent.Passed.Why.OBSERVED));

    private static final String NOTHING_HERE = "unpriced_path";
    private static final int MAX_PATH = 400;
    private static final int MAX_CONTEXT = 100;

    private final PriceList prices;
    private final GateSettings settings;
    private final V1Codec v1;
    private final V2Codec v2;
    private final Cors cors;
    private final Answers answers;
    private final Candidates candidates;
    private final Manifest manifest;
    private final TransferRail rail;
    private final TokenRail tokens;
    private final String publicPath;

    Decisions(
            PriceList prices,
            GateSettings settings,
            V1Codec v1,
            V2Codec v2,
            Answers answers,
            TransferRail rail,
            TokenRail tokens) {
        this.prices = prices;
        this.candidates = new Candidates(prices, new OfferSeal(settings));
        this.settings = settings;
        this.v1 = v1;
        this.v2 = v2;
        this.cors = new Cors(settings.corsOrigins(), settings.transfers() != null, tokens.isTaken());
        this.answers = answers;
        this.manifest = new Manifest(v2);
        this.rail = rail;
        this.tokens = tokens;
        this.publicPath = URI.create(settings.publicUrl()).getRawPath();
    }

    Decision decide(GateRequest request, Instant now) {
        if (settings.mode() == Mode.OFF) return OFF;
        GateResponse asked = manifest(request, now);
        if (asked != null) return new Decision.Answer(asked, null);
        if (isOwn(request)) return own(request, now);
        return switch (prices.price(request)) {
            case Pricing.Free free ->
                new Decision.Free(new GateEvent.Passed(free.routeId(), GateEvent.Passed.Why.FREE));
            case Pricing.Unpriced unpriced -> UNPRICED;
            case Pricing.Refuse refuse -> refuse(request, refuse, now);
            case Pricing.Priced priced -> priced(request, priced.offer(), now);
        };
    }

    /** Whether the request is answered here, whatever the price list says of all paths. */
    boolean isOwn(GateRequest request) {
        return tokens.isTaken() && TokenRail.isOwn(request.path());
    }

    private Decision own(GateRequest request, Instant now) {
        if (settings.mode() == Mode.OBSERVE) return rejection(request, null, 404, NOTHING_HERE);
        if (Cors.isPreflight(request)) return preflight(request);
        if (request.path().equalsIgnoreCase(TokenRail.PATH)) return inquiry(request);
        if (prices.price(request) instanceof Pricing.Priced(Offer offer) && offer.bundle() != null)
            return priced(request, offer, now);
        // It may have been sold a moment ago.
        Decision paid = paid(request, null, now);
        return paid != null ? paid : rejection(request, null, 404, NOTHING_HERE);
    }

    private Decision inquiry(GateRequest request) {
        boolean ends = request.method().equals("DELETE");
        if (!ends && !request.method().equals("GET") && !request.method().equals("HEAD"))
            return rejection(request, null, 405, "unpriced_method");
        if (tokens.isInTarget(request)) return rejection(request, null, 400, TokenReasons.IN_URL);
        if (tokens.shown(request).size() != 1) return rejection(request, null, 400, TokenReasons.MALFORMED);
        String digest = tokens.digest(request);
        return digest == null
                ? rejection(request, null, 403, TokenReasons.UNKNOWN)
                : new Decision.Inquiry(digest, ends, cors(request));
    }

    boolean isFree(GateRequest request) {
        if (settings.mode() != Mode.ENFORCE || Cors.isPreflight(request)) return true;
        if (isOwn(request)) return false;
        return switch (prices.price(request)) {
            case Pricing.Free free -> true;
            case Pricing.Unpriced unpriced -> true;
            case Pricing.Refuse refuse -> false;
            case Pricing.Priced priced -> priced.offer().freeForAuthenticated() && request.authenticated();
        };
    }

    boolean asksForCallers() {
        return prices.asksForCallers();
    }

    @Nullable
    GateResponse manifest(GateRequest request, Instant now) {
        if (!Manifest.isAskedFor(request) || settings.mode() != Mode.ENFORCE) return null;
        Catalogue catalogue = prices.catalogue();
        if (catalogue == null) return null;
        String context = context(request);
        return manifest.answer(
                catalogue, settings.publicUrl().concat(context), publicPath.concat(context), cors(request), now);
    }

    private Decision refuse(GateRequest request, Pricing.Refuse refuse, Instant now) {
        if (settings.mode() == Mode.OBSERVE) return UNPRICED;
        if (Cors.isPreflight(request)) return preflight(request);
        Decision paid = paid(request, null, now);
        return paid != null ? paid : rejection(request, null, refuse.status(), refuse.reason());
    }

    private Decision priced(GateRequest request, Offer offer, Instant now) {
        String route = offer.routeId();
        if (settings.mode() == Mode.OBSERVE) {
            return new Decision.Free(new GateEvent.Passed(route, GateEvent.Passed.Why.OBSERVED));
        }
        if (Cors.isPreflight(request)) return preflight(request);
        if (offer.freeForAuthenticated() && request.authenticated()) {
            return new Decision.Free(new GateEvent.Passed(route, GateEvent.Passed.Why.AUTHENTICATED));
        }
        Decision paid = paid(request, offer, now);
        if (paid != null) return paid;
        return new Decision.Answer(answers.challenge(offer, place(request)), new GateEvent.Challenged(route));
    }

    /**
     * What becomes of the payment that a request carries.
     *
     * @param inForce null if the request is refused now; it may have been sold a moment ago
     * @return null if it carries none, or none that could be for a request that is refused
     */
    private @Nullable Decision paid(GateRequest request, @Nullable Offer inForce, Instant now) {
        List<String> ofV2 = request.headers(v2.paymentHeader());
        List<String> ofV1 = request.headers(v1.paymentHeader());
        boolean transfer = rail.isShown(request);
        List<String> shown = tokens.shown(request);
        String route = inForce == null ? null : inForce.routeId();
        if (tokens.isInTarget(request))
            return inForce == null ? null : rejection(request, route, 400, TokenReasons.IN_URL);
        if (ofV1.isEmpty() && ofV2.isEmpty() && !transfer && shown.isEmpty()) return null;
        if (ofV1.size() + ofV2.size() + (transfer ? 1 : 0) + shown.size() > 1) {
            return inForce == null ? null : rejection(request, route, 400, Reasons.TWO_PAYMENTS);
        }
        if (transfer) return transferred(request, inForce, now);
        if (!shown.isEmpty()) return inForce == null ? null : drawn(request, inForce);
        WireCodec codec = ofV2.isEmpty() ? v1 : v2;
        return switch (codec.readPayment((ofV2.isEmpty() ? ofV1 : ofV2).getFirst())) {
            case HeaderReading.Malformed malformed ->
                inForce == null ? null : rejection(request, route, 400, malformed.reason());
            case HeaderReading.Read read -> attempt(request, inForce, read.payment(), now);
        };
    }

    private @Nullable Decision attempt(
            GateRequest request, @Nullable Offer inForce, PaymentPayload payment, Instant now) {
        String url = url(request);
        List<Decision.Candidate> found = candidates.of(request, payment, inForce, url, now);
        if (found.isEmpty()) return inForce == null ? null : unmatched(request, inForce, payment, now);
        return attempt(request, inForce, payment, found);
    }

    private Decision attempt(
            GateRequest request, @Nullable Offer inForce, PaymentPayload payment, List<Decision.Candidate> found) {
        Place place = place(request);
        return new Decision.Attempt(
                inForce == null ? found.getFirst().offer() : inForce,
                payment,
                found,
                place.url(),
                place.base(),
                place.method(),
                place.path(),
                place.query(),
                tokens.isAskedFor(request),
                place.cors());
    }

    /** What was offered before does not matter: a token has agreed to no price, and pays what is asked now. */
    private Decision drawn(GateRequest request, Offer inForce) {
        return switch (tokens.read(request, inForce.accepts().getFirst())) {
            case TokenRail.Reading.Malformed malformed ->
                rejection(request, inForce.routeId(), 400, malformed.reason());
            case TokenRail.Reading.Unknown unknown ->
                refusal(request, inForce, unknown.payment(), TokenReasons.UNKNOWN);
            case TokenRail.Reading.Read read ->
                attempt(
                        request,
                        inForce,
                        read.payment(),
                        inForce.accepts().stream()
                                .map(terms -> new Decision.Candidate(inForce, terms, null))
                                .toList());
        };
    }

    /** A payment of a kind that is not sold here: nothing of it needs to be looked at. */
    private Decision unmatched(GateRequest request, Offer inForce, PaymentPayload payment, Instant now) {
        if (!prices.isUpToDate(now)) return rejection(request, inForce.routeId(), 503, Reasons.PRICES_UNKNOWN);
        return refusal(request, inForce, payment, Terms.NO_MATCH);
    }

    private Decision refusal(GateRequest request, Offer inForce, PaymentPayload payment, String reason) {
        return new Decision.Answer(
                answers.refusal(inForce, place(request), reason),
                new GateEvent.Refused(inForce.routeId(), payment.version(), 402, reason));
    }

    private @Nullable Decision transferred(GateRequest request, @Nullable Offer inForce, Instant now) {
        return switch (rail.read(request)) {
            case TransferRail.Reading.Malformed malformed ->
                inForce == null ? null : rejection(request, inForce.routeId(), 400, malformed.reason());
            case TransferRail.Reading.Read read -> transferred(request, inForce, read.payment(), now);
        };
    }

    private @Nullable Decision transferred(
            GateRequest request, @Nullable Offer inForce, PaymentPayload payment, Instant now) {
        Candidates.Sold sold = candidates.ofTransfer(request, payment, inForce, rail, now);
        if (sold.candidates().isEmpty())
            return inForce == null ? null : refusal(request, inForce, payment, sold.unmet());
        return attempt(request, inForce, payment, sold.candidates());
    }

    private Decision preflight(GateRequest request) {
        return new Decision.Answer(answers.preflight(cors.preflight(request.header("Origin"))), null);
    }

    private Decision rejection(GateRequest request, @Nullable String route, int status, String reason) {
        return new Decision.Answer(
                answers.rejection(status, reason, cors(request)), new GateEvent.Rejected(route, status, reason));
    }

    private List<Header> cors(GateRequest request) {
        return settings.corsOrigins().isEmpty() ? List.of() : cors.answer(request.header("Origin"));
    }

    private Place place(GateRequest request) {
        return new Place(
                url(request), basePath(request), request.method(), request.fullPath(), request.query(), cors(request));
    }

    private String basePath(GateRequest request) {
        return publicPath.concat(context(request));
    }

    /** The path of the application, as this client wrote it. */
    private static String context(GateRequest request) {
        String full = request.fullPath();
        int length = full.length() - request.path().length();
        boolean known = length > 0 && length <= MAX_CONTEXT && full.endsWith(request.path());
        return known ? full.substring(0, length) : "";
    }

    private String url(GateRequest request) {
        String path = request.fullPath();
        // A path that would make PAYMENT-REQUIRED too long for containers and proxies is left out.
        return path.length() > MAX_PATH
                ? settings.publicUrl().concat("/")
                : settings.publicUrl().concat(path);
    }
}
