package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.Eip3009Signer;
import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.GateListener;
import io.farebox.gate.GateRequest;
import io.farebox.gate.GateResponse;
import io.farebox.gate.Header;
import io.farebox.gate.Pause;
import io.farebox.gate.Settlement;
import io.farebox.pricing.ConfigReader;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.SchemePayloads;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Farebox of a few lines of YAML before a stub facilitator, asked without any server in between. */
final class Shop implements AutoCloseable {
    private static final String HEAD = """
            public-url: https://api.example.com
            pay-to:
              eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C"
              solana: "GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse"
            accept: [base-sepolia/USDC]
            """;

    final Farebox farebox;
    private final Eip3009Signer payer = Eip3009Signer.random();

    Shop(Path folder, StubFacilitator facilitator, Pause rounds, String yaml) {
        String head = HEAD.lines()
                .filter(line ->
                        yaml.lines().noneMatch(each -> each.startsWith(line.substring(0, line.indexOf(':') + 1))))
                .collect(Collectors.joining("\n", "", "\n"));
        String whole = head + yaml + "\nfacilitators: [{ id: stub, url: \"" + facilitator.url()
                + "\" }]\nbook: { url: \"jdbc:h2:file:" + folder + "/shop\" }\n";
        farebox = Farebox.open(
                ConfigReader.ofProcess().readYaml("farebox.yaml", whole),
                Setup.usual(GateListener.none()).supported(rounds));
    }

    Shop(Path folder, StubFacilitator facilitator, String yaml) {
        this(folder, facilitator, Pause.sleeping(), yaml);
    }

    Decision ask(Request request) {
        return farebox.gate().decide(request);
    }

    /** What the gate itself answers. */
    GateResponse answer(Request request) {
        Decision decision = ask(request);
        if (decision instanceof Decision.Answer answer) return answer.response();
        throw new AssertionError("the gate answers nothing: " + decision);
    }

    JsonObject challenge(Request request) {
        return Base64Json.decode(header(answer(request), V2Codec.CHALLENGE_HEADER));
    }

    static String header(GateResponse response, String name) {
        return response.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    /** Pays, as a stock client of version 2 does that sends these extensions back, until the payment is settled. */
    void buy(Request request, @Nullable Object extensions) {
        JsonObject challenge = challenge(request);
        JsonObject option = challenge.objects("accepts").getFirst();
        var terms = new V2Codec().requirements(option);
        Instant now = Instant.now();
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("x402Version", 2);
        payment.put(
                "payload",
                SchemePayloads.write(
                        payer.sign(terms, now.minusSeconds(60), now.plusSeconds(terms.maxTimeoutSeconds()))));
        payment.put("accepted", option.members());
        payment.put("resource", challenge.object("resource").members());
        if (extensions != null) payment.put("extensions", extensions);
        Decision decision = ask(request.with("PAYMENT-SIGNATURE", Base64Json.encode(Json.write(payment))));
        assertThat(decision).isInstanceOf(Decision.Attempt.class);
        Admission admission = farebox.gate().admit((Decision.Attempt) decision, "");
        assertThat(admission).isInstanceOf(Admission.Granted.class);
        var grant = ((Admission.Granted) admission).grant();
        assertThat(farebox.gate().settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        farebox.gate().delivered(grant);
    }

    @Override
    public void close() {
        farebox.close();
    }

    /** @param context the path of the application, in front of the path */
    record Request(String method, String context, String path, Map<String, String> all) implements GateRequest {
        static Request get(String path) {
            return new Request("GET", "", path, Map.of());
        }

        Request method(String other) {
            return new Request(other, context, path, all);
        }

        Request in(String application) {
            return new Request(method, application, path, all);
        }

        Request with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(all);
            more.put(name, value);
            return new Request(method, context, path, more);
        }

        @Override
        public String fullPath() {
            return context + path;
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return all.get(name);
        }

        @Override
        public List<String> headers(String name) {
            return all.containsKey(name) ? List.of(all.get(name)) : List.of();
        }
    }
}
