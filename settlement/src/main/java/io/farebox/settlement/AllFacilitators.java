package io.farebox.settlement;

import io.farebox.chain.own.OwnFacilitator;
import io.farebox.gate.Facilitator;
import io.farebox.gate.Facilitators;
import io.farebox.settlement.dev.DevFacilitator;
import io.farebox.settlement.http.ConfiguredFacilitators;
import io.farebox.settlement.serve.FacilitatorServer;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The remote facilitators, the one in this process for its own chain, and the one that settles with an account of ours. */
final class AllFacilitators implements Facilitators, AutoCloseable {
    private final ConfiguredFacilitators remote;
    private final @Nullable DevFacilitator dev;
    private final List<String> priority;
    private volatile @Nullable OwnFacilitator own;
    private volatile @Nullable FacilitatorServer server;

    /** @param priority ids in the order of the configuration */
    AllFacilitators(ConfiguredFacilitators remote, @Nullable DevFacilitator dev, List<String> priority) {
        this.remote = remote;
        this.dev = dev;
        this.priority = priority;
    }

    /** Once the book is open, which it needs. */
    void join(OwnFacilitator opened) {
        own = opened;
    }

    /** It is served to others from now on. */
    void serve(FacilitatorServer opened) {
        server = opened;
    }

    @Nullable
    OwnFacilitator own() {
        return own;
    }

    @Override
    public List<Facilitator> candidates(PaymentPayload payment, PaymentRequirements requirements, List<String> order) {
        boolean onDevChain = requirements.network().equals(DevFacilitator.NETWORK);
        if (dev != null && onDevChain && (order.isEmpty() || order.contains(dev.id()))) return List.of(dev);
        List<Facilitator> all = remote.candidates(payment, requirements, order);
        OwnFacilitator mine = own;
        if (mine == null || !mine.takes(requirements)) return all;
        if (order.isEmpty()) return with(mine, all, priority);
        return order.contains(mine.id()) ? with(mine, all, order) : all;
    }

    /** Behind those that come before it, and before those that are known to be down. */
    private static List<Facilitator> with(OwnFacilitator mine, List<Facilitator> others, List<String> order) {
        List<Facilitator> all = new ArrayList<>(others);
        int place = 0;
        while (place < all.size() && order.indexOf(all.get(place).id()) < order.indexOf(mine.id())) place++;
        all.add(mine.isWorking() ? place : all.size(), mine);
        return List.copyOf(all);
    }

    @Override
    public Optional<Facilitator> byId(String id) {
        OwnFacilitator mine = own;
        if (mine != null && mine.id().equals(id)) return Optional.of(mine);
        return dev != null && dev.id().equals(id) ? Optional.of(dev) : remote.byId(id);
    }

    /** As {@link ConfiguredFacilitators#answering}; the dev one always does. */
    Map<String, Boolean> answering() {
        Map<String, Boolean> answering = remote.answering();
        if (dev != null) answering.put(dev.id(), true);
        OwnFacilitator mine = own;
        if (mine != null) answering.put(mine.id(), mine.isWorking());
        return answering;
    }

    @Override
    public void close() {
        FacilitatorServer served = server;
        if (served != null) served.close();
        remote.close();
        OwnFacilitator mine = own;
        if (mine != null) mine.close();
    }
}
