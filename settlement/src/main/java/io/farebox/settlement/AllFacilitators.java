package io.farebox.settlement;

import io.farebox.gate.Facilitator;
import io.farebox.gate.Facilitators;
import io.farebox.settlement.dev.DevFacilitator;
import io.farebox.settlement.http.ConfiguredFacilitators;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The remote facilitators, and the one in this process for its own chain. */
final class AllFacilitators implements Facilitators, AutoCloseable {
    private final ConfiguredFacilitators remote;
    private final @Nullable DevFacilitator dev;

    AllFacilitators(ConfiguredFacilitators remote, @Nullable DevFacilitator dev) {
        this.remote = remote;
        this.dev = dev;
    }

    @Override
    public List<Facilitator> candidates(PaymentPayload payment, PaymentRequirements requirements, List<String> order) {
        boolean onDevChain = requirements.network().equals(DevFacilitator.NETWORK);
        if (dev != null && onDevChain && (order.isEmpty() || order.contains(dev.id()))) return List.of(dev);
        return remote.candidates(payment, requirements, order);
    }

    @Override
    public Optional<Facilitator> byId(String id) {
        return dev != null && dev.id().equals(id) ? Optional.of(dev) : remote.byId(id);
    }

    /** As {@link ConfiguredFacilitators#answering}; the one in this process always does. */
    Map<String, Boolean> answering() {
        Map<String, Boolean> answering = remote.answering();
        if (dev != null) answering.put(dev.id(), true);
        return answering;
    }

    @Override
    public void close() {
        remote.close();
    }
}
