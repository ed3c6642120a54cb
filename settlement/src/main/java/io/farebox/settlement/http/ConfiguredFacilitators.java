package io.farebox.settlement.http;

import io.farebox.gate.Facilitator;
import io.farebox.gate.Facilitators;
import io.farebox.gate.Pause;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The facilitators of the configuration, in its order. Which of them takes a payment is known from {@code /supported}, asked
 * in the background by {@link #start}; one that has not answered yet is offered too, and one that answered is offered only
 * for what it named. Thread-safe.
 */
public final class ConfiguredFacilitators implements Facilitators, AutoCloseable {
    private final List<HttpFacilitator> all;
    private final Set<String> enabled;
    private final List<SupportedLoop> loops;
    private volatile Runnable heard = () -> {};

    /** @param v1Names version 1 names and the networks they stand for */
    public ConfiguredFacilitators(
            List<FacilitatorSettings> settings, Map<String, Network> v1Names, InstantSource clock, Pause pause) {
        this(
                settings.stream()
                        .map(one -> new HttpFacilitator(one, v1Names, clock))
                        .toList(),
                settings.stream()
                        .filter(FacilitatorSettings::enabled)
                        .map(FacilitatorSettings::id)
                        .collect(Collectors.toUnmodifiableSet()),
                pause);
    }

    ConfiguredFacilitators(List<HttpFacilitator> all, Set<String> enabled, Pause pause) {
        this.all = List.copyOf(all);
        this.enabled = enabled;
        this.loops = all.stream()
                .filter(one -> enabled.contains(one.id()))
                .map(one -> new SupportedLoop(one, pause, () -> heard.run()))
                .toList();
    }

    /**
     * Calls this whenever one was asked what it supports, whatever came of it: an answer may be new, and an old one may have
     * aged too far. Called by several threads; must not throw.
     */
    public void whenHeard(Runnable listener) {
        heard = listener;
    }

    /** Starts asking for {@code /supported}; returns at once. */
    public void start() {
        loops.forEach(SupportedLoop::start);
    }

    @Override
    public List<Facilitator> candidates(PaymentPayload payment, PaymentRequirements requirements, List<String> order) {
        List<Facilitator> candidates = new ArrayList<>();
        List<Facilitator> resting = new ArrayList<>();
        for (HttpFacilitator one : inOrder(order)) {
            if (!enabled.contains(one.id()) || !takes(one, requirements)) continue;
            (one.isResting() ? resting : candidates).add(one);
        }
        candidates.addAll(resting);
        return List.copyOf(candidates);
    }

    private List<HttpFacilitator> inOrder(List<String> order) {
        if (order.isEmpty()) return all;
        return all.stream()
                .filter(one -> order.contains(one.id()))
                .sorted(Comparator.comparingInt(one -> order.indexOf(one.id())))
                .toList();
    }

    /** Of each that is switched on, whether it answers as far as is known; nobody is asked. In order of priority. */
    public Map<String, Boolean> answering() {
        Map<String, Boolean> answering = new LinkedHashMap<>();
        for (SupportedLoop loop : loops) answering.put(loop.facilitator().id(), loop.isAnswered());
        return answering;
    }

    @Override
    public Optional<Facilitator> byId(String id) {
        return all.stream()
                .filter(one -> one.id().equals(id))
                .map(Facilitator.class::cast)
                .findFirst();
    }

    /**
     * Waits until every enabled facilitator has been asked once what it supports, whatever came of it: offers on Solana need
     * to know who pays the fee.
     *
     * @return false if the time was over before
     */
    public boolean awaitFirstAnswers(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        return loops.stream().allMatch(loop -> loop.awaitFirst(end - System.nanoTime()));
    }

    /**
     * Who pays the fees of a Solana transaction, for the offers: the same as long as the first facilitator that takes the
     * network stands by it, so that replicas and challenges agree. Empty while none has answered.
     *
     * @param order as in {@link #candidates}
     */
    public Optional<String> feePayer(Network network, List<String> order) {
        return inOrder(order).stream()
                .filter(one -> enabled.contains(one.id()))
                .flatMap(one -> one.kinds().now().stream())
                .filter(known -> known.has("exact", network))
                .flatMap(known -> known.feePayers(network).stream().sorted().limit(1))
                .findFirst();
    }

    /** As {@link #feePayer(Network, List)}, of all facilitators. */
    public Optional<String> feePayer(Network network) {
        return feePayer(network, List.of());
    }

    /** All fee payers that a payment may name. */
    public Set<String> feePayers(Network network) {
        return all.stream()
                .filter(one -> enabled.contains(one.id()))
                .flatMap(one -> one.kinds().feePayers(network).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean takes(HttpFacilitator one, PaymentRequirements requirements) {
        Optional<Kinds> known = one.kinds().now();
        if (known.isEmpty()) return true;
        if (!known.get().has(requirements.scheme(), requirements.network())) return false;
        if (!requirements.network().isSolana()) return true;
        // Only the fee payer itself can complete the transaction.
        return requirements.extra().get("feePayer") instanceof String feePayer
                && one.kinds().feePayers(requirements.network()).contains(feePayer);
    }

    @Override
    public void close() {
        loops.forEach(SupportedLoop::close);
        all.forEach(HttpFacilitator::close);
    }
}
