package io.farebox.settlement;

import io.farebox.gate.Catalogue;
import io.farebox.gate.GateRequest;
import io.farebox.gate.Offer;
import io.farebox.gate.PriceList;
import io.farebox.gate.PriceVersion;
import io.farebox.gate.Pricing;
import io.farebox.pricing.PriceBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The price book in force, and what counts beside it. {@link Repricing} changes it; requests only read, and see one state or the
 * next. Requests under way keep the offer that they began with. Thread-safe.
 */
final class LivePrices implements PriceList {
    /** How far the clocks of replicas may be apart, and how long a version may take from its name to the others' ears. */
    private static final Duration CLOCKS = Duration.ofSeconds(10);

    /** Nothing that was published within this time can have lapsed: everything is payable for longer. */
    private static final Duration NEW = Duration.ofSeconds(30);

    private final Replicas replicas;
    private volatile State state;

    /** @param others the latest first @param known names of all versions that were heard */
    private record State(PriceBook book, List<OtherPrices> others, Set<String> known, Instant heardAt) {}

    LivePrices(PriceBook book, Replicas replicas, Instant now) {
        this.replicas = replicas;
        this.state = new State(book, List.of(), Set.of(), now);
    }

    @Override
    public Pricing price(GateRequest request) {
        return state.book().price(request);
    }

    @Override
    public List<Offer> alsoOffered(GateRequest request, Instant now) {
        List<OtherPrices> others = state.others();
        if (others.isEmpty()) return List.of();
        List<Offer> offers = new ArrayList<>();
        for (OtherPrices other : others) {
            if (other.prices().price(request) instanceof Pricing.Priced(Offer offer) && other.isPayable(offer, now)) {
                offers.add(offer);
            }
        }
        return offers;
    }

    @Override
    public boolean mayBePublished(String version, Instant now) {
        // What was heard is known with all its rules, and a signature says less than that.
        if (!replicas.shared() || state.known().contains(version)) return false;
        Instant published = PriceVersion.published(version);
        return published.isAfter(state.heardAt().minus(CLOCKS))
                && published.isAfter(now.minus(NEW))
                && published.isBefore(now.plus(CLOCKS));
    }

    /** Whoever offers something now has told the others for at least {@link Replicas#lead}; so they know it if they listened since. */
    @Override
    public boolean isUpToDate(Instant now) {
        return !replicas.shared() || now.isBefore(state.heardAt().plus(replicas.lead()));
    }

    @Override
    public boolean asksForCallers() {
        return state.book().asksForCallers();
    }

    @Override
    public @Nullable Catalogue catalogue() {
        return state.book().catalogue();
    }

    PriceBook now() {
        return state.book();
    }

    List<OtherPrices> others() {
        return state.others();
    }

    /** Puts a book in force, whole, and what counts beside it. @param known names of the versions that were heard */
    void set(PriceBook book, Collection<OtherPrices> others, Set<String> known, Instant heardAt) {
        List<OtherPrices> latestFirst = others.stream()
                .sorted(Comparator.comparing(OtherPrices::version).reversed())
                .toList();
        state = new State(book, latestFirst, Set.copyOf(known), heardAt);
    }
}
