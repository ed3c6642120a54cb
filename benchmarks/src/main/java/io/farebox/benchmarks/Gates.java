package io.farebox.benchmarks;

import io.farebox.chain.Eip3009Verifier;
import io.farebox.gate.Facilitator;
import io.farebox.gate.Facilitators;
import io.farebox.gate.GateListener;
import io.farebox.gate.GateSettings;
import io.farebox.gate.Mode;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.Pause;
import io.farebox.gate.PaymentGate;
import io.farebox.pricing.PriceBook;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.testkit.facilitator.ScriptedFacilitator;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The real gate over a real price list; only book and facilitator are in memory. */
public final class Gates {
    private Gates() {}

    /** A gate that enforces these prices. */
    public static PaymentGate over(PriceBook prices) {
        GateSettings settings = new GateSettings(
                prices.config().publicUrl().toString(),
                Mode.ENFORCE,
                "benchmark",
                new GateSettings.Secret("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)),
                prices.v1Names(),
                prices.v1Networks(),
                List.of("payai"),
                Set.of(),
                GateSettings.Times.defaults(),
                GateSettings.DEFAULT_MAX_RELEASES,
                GateSettings.DEFAULT_MAX_UNDECIDABLE);
        return new PaymentGate(
                settings,
                prices,
                Eip3009Verifier.create(),
                new InMemoryBook(),
                new One(new ScriptedFacilitator("payai")),
                OutcomeLookup.none(),
                GateListener.none(),
                InstantSource.system(),
                Pause.sleeping());
    }

    private record One(Facilitator facilitator) implements Facilitators {
        @Override
        public List<Facilitator> candidates(
                PaymentPayload payment, PaymentRequirements requirements, List<String> order) {
            return List.of(facilitator);
        }

        @Override
        public Optional<Facilitator> byId(String id) {
            return id.equals(facilitator.id()) ? Optional.of(facilitator) : Optional.empty();
        }
    }
}
