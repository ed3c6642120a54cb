package io.farebox.settlement.http;

import io.farebox.gate.Facilitator;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.farebox.x402.FacilitatorAnswers;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.SupportedResponse;
import io.farebox.x402.VerifyResponse;
import io.farebox.x402.WireCodec;
import io.farebox.x402.v1.V1Codec;
import io.farebox.x402.v2.V2Codec;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator over HTTP, see {@code PROTOCOL.md} §2.3. The body's shape decides before the status: a body with {@code
 * isValid} or {@code success} is an answer under any status, anything else is none. Thread-safe.
 */
public final class HttpFacilitator implements Facilitator, AutoCloseable {
    private final HttpCalls calls;
    private final FacilitatorSettings settings;
    private final InstantSource clock;
    private final V1Codec v1;
    private final V2Codec v2 = new V2Codec();
    private final FacilitatorAnswers answers;
    private final SupportedKinds kinds;
    private final Circuit verifyCircuit;
    private final Circuit settleCircuit;

    /** @param v1Names version 1 names and the networks they stand for */
    public HttpFacilitator(FacilitatorSettings settings, Map<String, Network> v1Names, InstantSource clock) {
        this(settings, v1Names, clock, new HttpCalls(settings));
    }

    HttpFacilitator(FacilitatorSettings settings, Map<String, Network> v1Names, InstantSource clock, HttpCalls calls) {
        this.settings = settings;
        this.calls = calls;
        this.clock = clock;
        this.v1 = new V1Codec(v1Names);
        this.answers = new FacilitatorAnswers(v1Names);
        this.kinds = new SupportedKinds(clock);
        this.verifyCircuit = new Circuit(settings.id() + "-verify", settings.verifyTimeout());
        this.settleCircuit = new Circuit(settings.id() + "-settle", settings.settleTimeout());
    }

    @Override
    public String id() {
        return settings.id();
    }

    @Override
    public VerifyResponse verify(FacilitatorRequest request) {
        return read(post("verify", request, settings.verifyTimeout(), verifyCircuit), answers::verify);
    }

    @Override
    public SettleResponse settle(FacilitatorRequest request) {
        return read(post("settle", request, settings.settleTimeout(), settleCircuit), answers::settle);
    }

    /** Asks what it supports and remembers it, see {@link SupportedKinds#take}. */
    boolean load() {
        boolean taken = kinds.take(askSupported());
        verifyCircuit.heard();
        settleCircuit.heard();
        return taken;
    }

    SupportedKinds kinds() {
        return kinds;
    }

    /** Whether payments found last that it does not answer. */
    boolean isDown() {
        return verifyCircuit.isOpen() || settleCircuit.isOpen();
    }

    /** Whether it is too early to ask it again. */
    boolean isResting() {
        return verifyCircuit.isResting() || settleCircuit.isResting();
    }

    private SupportedResponse askSupported() {
        try {
            URI endpoint = settings.endpoint("supported");
            return read(
                    calls.get(endpoint, authorization("GET", endpoint), settings.verifyTimeout()), answers::supported);
        } catch (CallFailure e) {
            throw unavailable(e);
        }
    }

    private Reply post(String call, FacilitatorRequest request, Duration deadline, Circuit circuit) {
        URI endpoint = settings.endpoint(call);
        String body = codec(request.payment()).writeFacilitatorRequest(request);
        String authorization = authorization("POST", endpoint);
        try {
            return circuit.through(() -> calls.post(endpoint, body, authorization, deadline));
        } catch (CallFailure e) {
            throw unavailable(e);
        }
    }

    private @Nullable String authorization(String method, URI endpoint) {
        return settings.auth().authorization(method, endpoint, clock.instant());
    }

    /** The client's version if the facilitator takes it or nothing is known; both carry the same signed payload. */
    private WireCodec codec(PaymentPayload payment) {
        int version = kinds.now()
                .map(known -> known.version(payment.version(), payment.scheme(), payment.network()))
                .orElse(payment.version());
        return version == 1 && v1.knows(payment.network()) ? v1 : v2;
    }

    private <A> A read(Reply reply, Function<byte[], A> reading) {
        try {
            return reading.apply(reply.body());
        } catch (RuntimeException e) {
            // No answer, whatever made the reader give up: the outcome must not escape as an error of ours.
            boolean refused = reply.status() == 429;
            throw new FacilitatorUnavailableException(
                    settings.id(),
                    refused ? Reach.NOT_REACHED : Reach.MAYBE_REACHED,
                    reply.status() == 200 ? "bad_answer" : "status_" + reply.status(),
                    reply.retryAfter());
        }
    }

    private FacilitatorUnavailableException unavailable(CallFailure failure) {
        return new FacilitatorUnavailableException(settings.id(), failure.reach, failure.reason, null);
    }

    @Override
    public void close() {
        calls.close();
    }
}
