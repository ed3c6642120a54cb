package io.farebox.settlement;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.PriceVersion;
import io.farebox.gate.PriceVersions;
import io.farebox.pricing.PublishedPrices;
import io.farebox.x402.json.JsonFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the replicas what this one offers, and hears what they do, and what this one did before it was started. All of it may
 * fail with {@link BookUnavailableException} and may be tried again. Used under the lock of {@link Repricing}.
 */
final class PriceExchange {
    private static final System.Logger LOG = System.getLogger(PriceExchange.class.getName());

    /** What has lapsed stays so much longer, for replicas whose clocks are behind. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final PriceVersions versions;
    private final String owner;
    private final String publicUrl;
    private final Duration lease;
    private final Map<String, Instant> ended = new LinkedHashMap<>();
    private Map<String, OtherPrices> heard = Map.of();
    private Set<String> heardNames = Set.of();
    private final Set<String> unreadable = new HashSet<>();
    private Instant renewAt = Instant.MIN;
    private Instant forgetAt = Instant.MIN;

    /** @param publicUrl prices of services elsewhere do not count */
    PriceExchange(PriceVersions versions, String owner, String publicUrl, Duration lease) {
        this.versions = versions;
        this.owner = owner;
        this.publicUrl = publicUrl;
        this.lease = lease;
    }

    /** Writes a version down, before anything of it is offered. */
    void publish(Version version, Instant now) {
        versions.publish(
                new PriceVersion(
                        version.id(),
                        owner,
                        version.digest(),
                        now.plus(lease),
                        version.prices().longest()),
                version.prices().text());
    }

    /** Reads what others offer; what was read before is not read again. */
    void hear(Collection<Version> own, Instant now) {
        List<PriceVersion> payable = versions.payable(now);
        Map<String, OtherPrices> all = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (PriceVersion version : payable) {
            if (version.owner().equals(owner)) continue;
            PublishedPrices prices = prices(version, own);
            if (prices == null || !prices.publicUrl().equals(publicUrl)) continue;
            OtherPrices other = new OtherPrices(version.id(), version.digest(), prices, version.offeredUntil());
            all.merge(version.digest(), other, OtherPrices::and);
            names.add(version.id());
        }
        Set<String> digests = new HashSet<>();
        payable.forEach(version -> digests.add(version.digest()));
        unreadable.retainAll(digests);
        heard = all;
        heardNames = Set.copyOf(names);
    }

    /** By their digests; the ones that were heard last. */
    Map<String, OtherPrices> heard() {
        return new HashMap<>(heard);
    }

    /** Names of all versions that were heard last, of which several may have the same prices. */
    Set<String> heardNames() {
        return heardNames;
    }

    private @Nullable PublishedPrices prices(PriceVersion version, Collection<Version> own) {
        String digest = version.digest();
        OtherPrices known = heard.get(digest);
        if (known != null) return known.prices();
        for (Version mine : own) if (mine.digest().equals(digest)) return mine.prices();
        if (unreadable.contains(digest)) return null;
        String text = versions.prices(digest).orElse(null);
        if (text == null) return null;
        try {
            return PublishedPrices.read(text, version.id());
        } catch (JsonFormatException | IllegalArgumentException e) {
            unreadable.add(digest);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the prices {0} of another replica cannot be read, so payers whom it asked may be asked again here; is it"
                            + " of another release?",
                    version.id());
            return null;
        }
    }

    /** A version is no longer offered; it is written when {@link #keep} comes to it. */
    void end(String id, Instant at) {
        ended.put(id, at);
    }

    /** Signs of life for what is offered, ends of what is not, and what nobody needs any more. */
    void keep(Version offered, Instant now) {
        writeEnds();
        if (!now.isBefore(renewAt)) {
            // It may have been forgotten while this process slept.
            if (!versions.offered(offered.id(), owner, now.plus(lease))) publish(offered, now);
            renewAt = now.plus(lease.dividedBy(3));
        }
        if (now.isBefore(forgetAt)) return;
        versions.forget(now.minus(KEPT));
        forgetAt = now.plus(KEPT.dividedBy(4));
    }

    void writeEnds() {
        for (Map.Entry<String, Instant> end : List.copyOf(ended.entrySet())) {
            versions.offered(end.getKey(), owner, end.getValue());
            ended.remove(end.getKey());
        }
    }
}
