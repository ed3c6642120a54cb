package io.farebox.settlement;

import io.farebox.chain.Eip3009Verifier;
import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.Facilitator;
import io.farebox.gate.Facilitators;
import io.farebox.gate.GateEvent;
import io.farebox.gate.GateResponse;
import io.farebox.gate.GateSettings;
import io.farebox.gate.Grant;
import io.farebox.gate.Mode;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PriceVersions;
import io.farebox.pricing.Completion;
import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FareboxConfig;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One replica without HTTP: prices that change, and the gate over them. */
final class Till implements AutoCloseable {
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    final Repricing repricing;
    final PaymentGate gate;
    final List<GateEvent> events = new ArrayList<>();
    private final InMemoryBook book;

    Till(
            String name,
            FareboxConfig config,
            InMemoryBook book,
            Replicas replicas,
            Facilitator facilitator,
            InstantSource clock) {
        this(name, config, book, book, replicas, facilitator, clock, Completion.NONE, SECRET);
    }

    Till(
            String name,
            FareboxConfig config,
            InMemoryBook book,
            PriceVersions versions,
            Replicas replicas,
            Facilitator facilitator,
            InstantSource clock,
            Completion completion,
            String secret) {
        this.book = book;
        var exchange = new PriceExchange(versions, name, config.publicUrl().toString(), replicas.lease());
        repricing = Repricing.begin(config, completion, exchange, replicas, events::add, clock);
        gate = new PaymentGate(
                settings(name, config, secret),
                repricing.live(),
                Eip3009Verifier.create(),
                book,
                new One(facilitator),
                OutcomeLookup.none(),
                event -> {},
                clock,
                duration -> true);
    }

    private GateSettings settings(String name, FareboxConfig config, String secret) {
        return new GateSettings(
                config.publicUrl().toString(),
                Mode.ENFORCE,
                name,
                new GateSettings.Secret(secret.getBytes(StandardCharsets.UTF_8)),
                repricing.live().now().v1Names(),
                repricing.live().now().v1Networks(),
                List.of("dev"),
                java.util.Set.of(),
                GateSettings.Times.defaults(),
                GateSettings.DEFAULT_MAX_RELEASES,
                GateSettings.DEFAULT_MAX_UNDECIDABLE);
    }

    /** A configuration for the chain that does not exist, with these routes, each the inside of a flow mapping. */
    static FareboxConfig config(String... routes) {
        return withRoot("", routes);
    }

    static FareboxConfig withRoot(String root, String... routes) {
        return at("http://127.0.0.1", root, routes);
    }

    /** The same of another service. */
    static FareboxConfig elsewhere(String... routes) {
        return at("http://localhost", "", routes);
    }

    private static FareboxConfig at(String url, String root, String... routes) {
        String yaml = "public-url: " + url + """

                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [farebox-dev/USDC]
                facilitators: [{ id: dev, type: dev }]
                """ + root + "\nroutes:\n";
        for (String route : routes) yaml += "  - { " + route + " }\n";
        return new ConfigReader(name -> null).readYaml("test.yaml", yaml);
    }

    /** A route {@code /weather} at this price. */
    static FareboxConfig weather(String price) {
        return config("id: weather, match: GET /weather, price: " + price);
    }

    /** What the gate answers; fails if it passes the request on. */
    GateResponse answer(Ask request) {
        if (gate.decide(request) instanceof Decision.Answer answer) return answer.response();
        throw new AssertionError("not answered by the gate");
    }

    /** Whether the request passes without paying. */
    boolean isFree(Ask request) {
        return gate.decide(request) instanceof Decision.Free;
    }

    /** Has a request with a payment served; its status. */
    int buy(Ask request) {
        return switch (gate.decide(request)) {
            case Decision.Free free -> throw new AssertionError("nothing to pay");
            case Decision.Answer answer -> answer.response().status();
            case Decision.Inquiry inquiry -> gate.answer(inquiry).status();
            case Decision.Attempt attempt ->
                switch (gate.admit(attempt, "")) {
                    case Admission.Refused refused -> refused.response().status();
                    case Admission.Unavailable unavailable ->
                        unavailable.response().status();
                    case Admission.Granted granted -> {
                        gate.settle(granted.grant(), 200);
                        gate.delivered(granted.grant());
                        yield 200;
                    }
                };
        };
    }

    /** Lets a request with a payment in. */
    Grant grant(Ask request) {
        if (gate.decide(request) instanceof Decision.Attempt attempt
                && gate.admit(attempt, "") instanceof Admission.Granted granted) return granted.grant();
        throw new AssertionError("not granted");
    }

    /** The payment that was entered last. */
    PaymentRecord lastPayment() {
        return book.all().getLast();
    }

    @Override
    public void close() {
        gate.close();
        repricing.close();
    }

    private record One(Facilitator facilitator) implements Facilitators {
        @Override
        public List<Facilitator> candidates(PaymentPayload payment, PaymentRequirements terms, List<String> order) {
            return List.of(facilitator);
        }

        @Override
        public Optional<Facilitator> byId(String id) {
            return id.equals(facilitator.id()) ? Optional.of(facilitator) : Optional.empty();
        }
    }
}
