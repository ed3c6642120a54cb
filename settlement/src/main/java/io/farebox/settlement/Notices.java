package io.farebox.settlement;

import io.farebox.gate.BookDesk;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.Shelf;
import io.farebox.pricing.FacilitatorConfig;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.TransferConfig;
import io.farebox.settlement.dev.DevFacilitator;
import io.farebox.settlement.transfer.TransferRails;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an operator is told at a start. */
final class Notices {
    private static final System.Logger LOG = System.getLogger(Farebox.class.getName());

    private Notices() {}

    /** What an operator wants to be sure of after a start. */
    static void ofStart(FareboxConfig config) {
        List<FacilitatorConfig> asked = config.facilitators().stream()
                .filter(FacilitatorConfig::enabled)
                .toList();
        LOG.log(
                System.Logger.Level.INFO,
                "{0} of {1} routes of {2} cost something (mode {3}); facilitators: {4}",
                config.routes().stream().filter(route -> !route.isFree()).count(),
                config.routes().size(),
                config.publicUrl(),
                config.mode(),
                asked.stream().map(FacilitatorConfig::id).collect(Collectors.joining(", ")));
        if (asked.stream().anyMatch(facilitator -> facilitator.type() == FacilitatorConfig.Type.DEV))
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a facilitator of type dev takes play money: whoever asks is served for nothing. It is for trying out");
        TransferConfig transfers = config.transfers();
        if (transfers != null && !transfers.proofRequired())
            LOG.log(
                    System.Logger.Level.WARNING,
                    "rails.transfer.payer-proof is none: whoever shows a transfer first is served, and everybody can read its hash"
                            + " from the chain. Write required unless every payer is known to you.");
    }

    /** Without a look at the chain, a settlement whose answer was lost may stay unknown for good. */
    static void ofNetworks(FareboxConfig config) {
        config.routes().stream()
                .flatMap(route -> route.options().stream())
                .map(option -> option.asset().network())
                .filter(network -> network.isEvm() || network.isSolana())
                .filter(network -> !network.equals(DevFacilitator.NETWORK))
                .filter(network -> config.settings(network).rpc().isEmpty())
                .distinct()
                .forEach(network -> LOG.log(
                        System.Logger.Level.WARNING,
                        "networks.\"{0}\".rpc is not set: if a facilitator''s answer is lost and it cannot tell later what"
                                + " happened, that payment stays unknown and its payer is answered 503 for the same request."
                                + " Name an RPC URL to have the chain asked.",
                        network));
    }

    /** Who was asked last is the one who knows: a payment that it may have settled should be asked for there. */
    static void ofFacilitators(FareboxConfig config, BookDesk desk) {
        Set<String> configured =
                config.facilitators().stream().map(FacilitatorConfig::id).collect(Collectors.toSet());
        gone(configured, desk)
                .forEach((id, payments) -> LOG.log(
                        System.Logger.Level.WARNING,
                        "facilitator {0} is no longer configured, and the outcome of {1} payments that it was asked to settle is not"
                                + " known. Put it back with enabled: false until farebox payments shows none that is unknown;"
                                + " meanwhile the chain, or another facilitator, is asked.",
                        id,
                        payments));
    }

    /** Facilitators that were removed too early, and how many payments wait for their word; of the first so many. */
    static Map<String, Integer> gone(Set<String> configured, BookDesk desk) {
        Map<String, Integer> gone = new TreeMap<>();
        try {
            for (PaymentRecord row : desk.list(DeskQuery.of(Shelf.UNKNOWN, DeskQuery.MOST)))
                if (row.facilitator() != null
                        && !configured.contains(row.facilitator())
                        && !TransferRails.isOurs(row.facilitator())) gone.merge(row.facilitator(), 1, Integer::sum);
        } catch (BookUnavailableException e) {
            // Whoever starts without a book has other warnings to read.
        }
        return gone;
    }
}
