package io.farebox.settlement;

import io.farebox.gate.GateRequest;
import io.farebox.gate.Offer;
import io.farebox.gate.PriceList;
import io.farebox.gate.Pricing;
import io.farebox.pricing.Completion;
import io.farebox.pricing.ConfigProblem;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;
import io.farebox.x402.PaymentRequirements;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The price book in force. What facilitators say may come late or change, Solana's fee payer above all: then another book of
 * the same configuration takes its place, whole. Requests under way keep the offer that they began with. Thread-safe.
 */
final class LivePrices implements PriceList {
    private static final System.Logger LOG = System.getLogger(LivePrices.class.getName());

    private final FareboxConfig config;
    private final Completion completion;
    private final ReentrantLock making = new ReentrantLock();
    private volatile PriceBook now;

    LivePrices(FareboxConfig config, Completion completion) {
        this.config = config;
        this.completion = completion;
        this.now = PriceBook.from(config, completion);
        warn(now, List.of());
    }

    @Override
    public Pricing price(GateRequest request) {
        return now.price(request);
    }

    PriceBook now() {
        return now;
    }

    /** Makes the book anew and puts it in force if it sells anything else. Cheap enough to be called after every answer. */
    void refresh() {
        making.lock();
        try {
            PriceBook old = now;
            PriceBook next = PriceBook.from(config, completion);
            // An equal book must not replace the old one: its challenges are rendered already.
            if (sold(next).equals(sold(old))) return;
            now = next;
            LOG.log(System.Logger.Level.INFO, "the offers follow what the facilitators support now");
            warn(next, old.warnings());
        } finally {
            making.unlock();
        }
    }

    private static List<Map.Entry<String, List<PaymentRequirements>>> sold(PriceBook book) {
        return book.offers().stream().map(LivePrices::sold).toList();
    }

    private static Map.Entry<String, List<PaymentRequirements>> sold(Offer offer) {
        return Map.entry(offer.routeId(), offer.accepts());
    }

    private static void warn(PriceBook book, List<ConfigProblem> told) {
        book.warnings().stream()
                .filter(warning -> !told.contains(warning))
                .forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning.toString()));
    }
}
