package io.farebox.testkit.gate;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.Facilitator;
import io.farebox.gate.Facilitators;
import io.farebox.gate.Flow;
import io.farebox.gate.GateEvent;
import io.farebox.gate.GateRequest;
import io.farebox.gate.GateSettings;
import io.farebox.gate.Grant;
import io.farebox.gate.LocalVerifier;
import io.farebox.gate.Mode;
import io.farebox.gate.Offer;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.Prepaid;
import io.farebox.gate.PriceList;
import io.farebox.gate.Pricing;
import io.farebox.gate.TransferTerms;
import io.farebox.gate.Transfers;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.testkit.facilitator.ScriptedFacilitator;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gate on parts of testkit, with a clock that tests move; signatures are taken at their word. */
final class GateRig {
    static final Network NETWORK = new Network("eip155:84532");
    static final String PAYER = "0x" + "ab".repeat(20);
    static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    static final String ASSET = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
    static final String FORGED = "0x" + "00".repeat(65);
    static final String SIGNED = "0x" + "11".repeat(65);
    static final String CONTRACT = "0x" + "22".repeat(100);

    final InMemoryBook book = new InMemoryBook();
    final ScriptedFacilitator first = new ScriptedFacilitator("first");
    final ScriptedFacilitator second = new ScriptedFacilitator("second", first.ledger());
    final List<Facilitator> facilitators = new ArrayList<>(List.of(first));
    final List<GateEvent> events = new ArrayList<>();
    final PaymentGate gate;
    volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");
    Flow flow = Flow.AUTHORIZATION;
    Mode mode = Mode.ENFORCE;
    OutcomeLookup lookup = OutcomeLookup.none();
    private Offer offer = offer("weather", 10_000);
    private int nonces;

    GateRig() {
        this(Mode.ENFORCE, Set.of());
    }

    GateRig(Mode mode, Set<String> origins) {
        this(mode, origins, null, Transfers.none(), book -> null);
    }

    /** One that also takes transfers. */
    GateRig(TransferTerms terms, Transfers transfers) {
        this(terms, transfers, book -> null);
    }

    /** One that also takes transfers and, if this gives it the means, tokens. */
    GateRig(TransferTerms terms, Transfers transfers, Function<InMemoryBook, @Nullable Prepaid> prepaid) {
        this(Mode.ENFORCE, Set.of("https://app.example.com"), terms, transfers, prepaid);
    }

    private GateRig(
            Mode mode,
            Set<String> origins,
            @Nullable TransferTerms terms,
            Transfers transfers,
            Function<InMemoryBook, @Nullable Prepaid> prepaid) {
        GateSettings settings = new GateSettings(
                "https://api.example.com",
                mode,
                "test",
                new GateSettings.Secret("secret".getBytes(StandardCharsets.US_ASCII)),
                Map.of("base-sepolia", NETWORK),
                Set.of(NETWORK),
                List.of("first", "second"),
                origins,
                GateSettings.Times.defaults(),
                3,
                1,
                terms);
        InstantSource clock = () -> now;
        gate = new PaymentGate(
                settings,
                prices(),
                verifier(),
                transfers,
                prepaid.apply(book),
                book,
                new Chosen(),
                request -> lookup.lookUp(request),
                event -> {
                    synchronized (events) {
                        events.add(event);
                    }
                },
                clock,
                duration -> {
                    now = now.plus(duration);
                    return true;
                });
    }

    private final class Chosen implements Facilitators {
        @Override
        public List<Facilitator> candidates(
                PaymentPayload payment, PaymentRequirements requirements, List<String> order) {
            return List.copyOf(facilitators);
        }

        @Override
        public Optional<Facilitator> byId(String id) {
            return facilitators.stream().filter(f -> f.id().equals(id)).findFirst();
        }
    }

    private PriceList prices() {
        return request -> switch (request.path()) {
            case "/free" -> new Pricing.Free("free");
            case "/weather" -> new Pricing.Priced(offer);
            case "/closed" -> new Pricing.Refuse(404, "unpriced_path");
            default -> new Pricing.Unpriced();
        };
    }

    private static LocalVerifier verifier() {
        return (payment, requirements) -> switch (payment.payload()) {
            case SchemePayload.Eip3009 p
            when p.signature().equals(FORGED) ->
                new LocalVerifier.LocalCheck.Forged("invalid_exact_evm_payload_signature");
            case SchemePayload.Eip3009 p
            when p.signature().equals(CONTRACT) -> new LocalVerifier.LocalCheck.Undecidable();
            case SchemePayload.Eip3009 p -> new LocalVerifier.LocalCheck.Signed(p.from());
            case SchemePayload.Solana p -> new LocalVerifier.LocalCheck.Undecidable();
            case SchemePayload.Transfer p -> throw new AssertionError("transfers are not signed payments");
            case SchemePayload.Token p -> throw new AssertionError("tokens are not signed payments");
        };
    }

    Offer offer(String route, long amount) {
        return offer(route, "", amount);
    }

    private Offer offer(String route, String rule, long amount) {
        return new Offer(
                route,
                rule,
                "v1",
                "Weather",
                "application/json",
                "$0.01",
                List.of(requirements(amount)),
                List.of(),
                flow,
                Duration.ofSeconds(30),
                400,
                false,
                true,
                null);
    }

    void price(long amount) {
        offer = offer("weather", amount);
    }

    /** What is asked for from now on has another of the route's prices, as by a header. */
    void rule(String rule, long amount) {
        offer = offer("weather", rule, amount);
    }

    void upfront() {
        flow = Flow.UPFRONT;
        price(10_000);
    }

    static PaymentRequirements requirements(long amount) {
        long valid = 116;
        return new PaymentRequirements(
                "exact",
                NETWORK,
                BigInteger.valueOf(amount),
                ASSET,
                PAYEE,
                valid,
                Map.of("name", "USDC", "version", "2"));
    }

    /** A payment of a nonce of its own. */
    SchemePayload.Eip3009 authorization() {
        return authorization(SIGNED, ++nonces);
    }

    SchemePayload.Eip3009 authorization(String signature, int nonce) {
        return new SchemePayload.Eip3009(
                signature,
                PAYER,
                PAYEE,
                offer.accepts().getFirst().amount(),
                BigInteger.ZERO,
                BigInteger.valueOf(
                        now.getEpochSecond() + offer.accepts().getFirst().maxTimeoutSeconds()),
                "0x%064x".formatted(nonce));
    }

    Request paid(SchemePayload.Eip3009 authorization) {
        return paid(authorization, offer.accepts().getFirst());
    }

    Request paid(SchemePayload.Eip3009 authorization, PaymentRequirements accepted) {
        PaymentPayload payment = new PaymentPayload(2, "exact", NETWORK, accepted, authorization, null, Map.of());
        FacilitatorRequest request =
                new FacilitatorRequest(payment, accepted, new ResourceInfo("https://api.example.com/weather", "", ""));
        return Request.get("/weather")
                .with("PAYMENT-SIGNATURE", Base64Json.encode(Json.write(new V2Codec().write(request, 2))));
    }

    /** A payment whose request the client calls by a name of its own. */
    Request named(String identifier) {
        return extended(Map.of("required", false, "id", identifier));
    }

    /** A payment that repeats what the challenge says of identifiers. */
    Request echoing() {
        return extended(Map.of("required", false));
    }

    private Request extended(Map<String, Object> info) {
        JsonObject payment = Base64Json.decode(paid(authorization()).header("PAYMENT-SIGNATURE"));
        Map<String, Object> members = new java.util.LinkedHashMap<>(payment.members());
        members.put("extensions", Map.of("payment-identifier", Map.of("info", info)));
        return Request.get("/weather").with("PAYMENT-SIGNATURE", Base64Json.encode(Json.write(members)));
    }

    Request paidV1(SchemePayload.Eip3009 a) {
        String json = Json.write(Map.of(
                "x402Version",
                1,
                "scheme",
                "exact",
                "network",
                "base-sepolia",
                "payload",
                io.farebox.x402.SchemePayloads.write(a)));
        return Request.get("/weather").with("X-PAYMENT", Base64Json.encode(json));
    }

    Admission admit(Request request) {
        return admit(request, "");
    }

    Admission admit(Request request, @Nullable String bodyDigest) {
        Decision decision = gate.decide(request);
        if (decision instanceof Decision.Attempt attempt) return gate.admit(attempt, bodyDigest);
        throw new AssertionError("not an attempt: " + decision);
    }

    Grant grant(Request request) {
        Admission admission = admit(request);
        if (admission instanceof Admission.Granted granted) return granted.grant();
        throw new AssertionError("not granted: " + admission);
    }

    static JsonObject json(byte[] body) {
        return Json.readObject(body);
    }

    /** A request made of a path and headers. */
    record Request(String method, String path, Map<String, List<String>> all, boolean authenticated)
            implements GateRequest {
        static Request get(String path) {
            return new Request("GET", path, Map.of(), false);
        }

        Request with(String name, String... values) {
            Map<String, List<String>> more = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            more.putAll(all);
            more.put(name, List.of(values));
            return new Request(method, path, more, authenticated);
        }

        Request method(String other) {
            return new Request(other, path, all, authenticated);
        }

        Request known() {
            return new Request(method, path, all, true);
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return headers(name).isEmpty() ? null : headers(name).getFirst();
        }

        @Override
        public List<String> headers(String name) {
            return all.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .flatMap(e -> e.getValue().stream())
                    .toList();
        }
    }
}
