package io.farebox.gate;

import io.farebox.x402.HeaderReading;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.WireCodec;
import io.farebox.x402.v1.V1Codec;
import io.farebox.x402.v2.V2Codec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pure half of the gate: request in, decision out. */
final class Decisions {
    private static final Decision UNPRICED =
            new Decision.Free(new GateEvent.Passed(null, GateEvent.Passed.Why.UNPRICED));
    private static final Decision OFF = new Decision.Free(new GateEvent.Passed(null, GateEvent.Passed.Why.OBSERVED));

    private static final int MAX_PATH = 400;

    private final PriceList prices;
    private final GateSettings settings;
    private final V1Codec v1;
    private final V2Codec v2;
    private final Cors cors;
    private final Answers answers;

    Decisions(PriceList prices, GateSettings settings, V1Codec v1, V2Codec v2, Answers answers) {
        this.prices = prices;
        this.settings = settings;
        this.v1 = v1;
        this.v2 = v2;
        this.cors = new Cors(settings.corsOrigins());
        this.answers = answers;
    }

    Decision decide(GateRequest request, Instant now) {
        if (settings.mode() == Mode.OFF) return OFF;
        return switch (prices.price(request)) {
            case Pricing.Free free ->
                new Decision.Free(new GateEvent.Passed(free.routeId(), GateEvent.Passed.Why.FREE));
            case Pricing.Unpriced unpriced -> UNPRICED;
            case Pricing.Refuse refuse -> refuse(request, refuse);
            case Pricing.Priced priced -> priced(request, priced.offer(), now);
        };
    }

    boolean isFree(GateRequest request) {
        if (settings.mode() != Mode.ENFORCE || Cors.isPreflight(request)) return true;
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

    private Decision refuse(GateRequest request, Pricing.Refuse refuse) {
        if (settings.mode() == Mode.OBSERVE) return UNPRICED;
        if (Cors.isPreflight(request)) return preflight(request);
        return rejection(request, null, refuse.status(), refuse.reason());
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
        List<String> ofV2 = request.headers(v2.paymentHeader());
        List<String> ofV1 = request.headers(v1.paymentHeader());
        if (ofV1.size() + ofV2.size() > 1) return rejection(request, route, 400, Reasons.TWO_PAYMENTS);
        if (!ofV2.isEmpty()) return attempt(request, offer, v2, ofV2.getFirst(), now);
        if (!ofV1.isEmpty()) return attempt(request, offer, v1, ofV1.getFirst(), now);
        return new Decision.Answer(
                answers.challenge(offer, url(request), cors(request)), new GateEvent.Challenged(route));
    }

    private Decision attempt(GateRequest request, Offer offer, WireCodec codec, String header, Instant now) {
        return switch (codec.readPayment(header)) {
            case HeaderReading.Malformed malformed -> rejection(request, offer.routeId(), 400, malformed.reason());
            case HeaderReading.Read read -> attempt(request, offer, read.payment(), now);
        };
    }

    private Decision attempt(GateRequest request, Offer offer, PaymentPayload payment, Instant now) {
        List<PaymentRequirements> candidates = Matching.candidates(payment, offer.accepts());
        String url = url(request);
        String unmet = candidates.isEmpty() ? Terms.NO_MATCH : Terms.unmet(payment, candidates.getFirst(), url, now);
        Decision.Attempt attempt = new Decision.Attempt(
                offer,
                payment,
                candidates,
                unmet,
                url,
                request.method(),
                request.fullPath(),
                request.query(),
                cors(request));
        if (!candidates.isEmpty()) return attempt;
        return new Decision.Answer(
                answers.refusal(attempt, Terms.NO_MATCH),
                new GateEvent.Refused(offer.routeId(), payment.version(), 402, Terms.NO_MATCH));
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

    private String url(GateRequest request) {
        String path = request.fullPath();
        // A path that would make PAYMENT-REQUIRED too long for containers and proxies is left out.
        return path.length() > MAX_PATH
                ? settings.publicUrl().concat("/")
                : settings.publicUrl().concat(path);
    }
}
