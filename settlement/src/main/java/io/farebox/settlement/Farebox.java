package io.farebox.settlement;

import io.farebox.chain.Eip3009Verifier;
import io.farebox.chain.lookup.ChainSettings;
import io.farebox.chain.lookup.Web3jLookup;
import io.farebox.gate.Book;
import io.farebox.gate.GateListener;
import io.farebox.gate.GateSettings;
import io.farebox.gate.Pause;
import io.farebox.gate.PaymentGate;
import io.farebox.ledger.JdbcBook;
import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FacilitatorConfig;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;
import io.farebox.pricing.Secret;
import io.farebox.settlement.dev.DevFacilitator;
import io.farebox.settlement.reconcile.Reconciler;
import io.farebox.settlement.reconcile.ReconcilerSettings;
import io.farebox.x402.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A running Farebox: the gate of a configuration with everything behind it. Open one per application and close it when the
 * application stops. Thread-safe.
 */
public final class Farebox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Farebox.class.getName());

    /** How long a start waits for what facilitators say of Solana; what comes later is offered later. */
    private static final Duration FIRST_ANSWERS = Duration.ofSeconds(5);

    private final LivePrices prices;
    private final JdbcBook book;
    private final AllFacilitators facilitators;
    private final Web3jLookup chains;
    private final Reconciler reconciler;
    private final PaymentGate gate;

    private Farebox(
            LivePrices prices,
            JdbcBook book,
            AllFacilitators facilitators,
            Web3jLookup chains,
            Reconciler reconciler,
            PaymentGate gate) {
        this.prices = prices;
        this.book = book;
        this.facilitators = facilitators;
        this.chains = chains;
        this.reconciler = reconciler;
        this.gate = gate;
    }

    /**
     * Opens what a file describes.
     *
     * @throws io.farebox.pricing.PricingConfigException if anything in the file is wrong; it tells everything that is
     * @throws io.farebox.ledger.BookOpenException if the book cannot be opened
     */
    public static Farebox open(Path file) {
        return open(ConfigReader.ofProcess().readFile(file), GateListener.none());
    }

    /**
     * Opens what a configuration describes. If anything is sold for Solana, it waits up to five seconds for the facilitators to
     * say who pays the fees there.
     *
     * @param listener hears of everything the gate does
     * @throws io.farebox.ledger.BookOpenException if the book cannot be opened
     */
    public static Farebox open(FareboxConfig config, GateListener listener) {
        return open(config, listener, Pause.sleeping());
    }

    /** @param rounds waits between two questions what a facilitator supports */
    static Farebox open(FareboxConfig config, GateListener listener, Pause rounds) {
        warnWithoutRpc(config);
        InstantSource clock = InstantSource.system();
        FacilitatorAssembly parts = FacilitatorAssembly.of(config, clock, rounds);
        JdbcBook book = book(config, parts);
        LivePrices prices = prices(config, parts);
        String owner = UUID.randomUUID().toString();
        AllFacilitators facilitators = parts.facilitators();
        Web3jLookup chains = new Web3jLookup(chains(config));
        PaymentGate gate = new PaymentGate(
                settings(config, prices.now(), owner),
                prices,
                Eip3009Verifier.create(),
                book,
                facilitators,
                chains,
                listener,
                clock,
                Pause.sleeping());
        Reconciler reconciler = new Reconciler(
                ReconcilerSettings.defaults(owner), book, facilitators, chains, listener, clock, Pause.sleeping());
        reconciler.start();
        return new Farebox(prices, book, facilitators, chains, reconciler, gate);
    }

    /** Without a look at the chain, a settlement whose answer was lost may stay unknown for good. */
    private static void warnWithoutRpc(FareboxConfig config) {
        config.routes().stream()
                .flatMap(route -> route.options().stream())
                .map(option -> option.asset().network())
                .filter(network -> network.isEvm() && !network.equals(DevFacilitator.NETWORK))
                .filter(network -> config.settings(network).rpc().isEmpty())
                .distinct()
                .forEach(network -> LOG.log(
                        System.Logger.Level.WARNING,
                        "networks.\"{0}\".rpc is not set: if a facilitator''s answer is lost and it cannot tell later what"
                                + " happened, that payment stays unknown and its payer is answered 503 for the same request."
                                + " Name an RPC URL to have the chain asked.",
                        network));
    }

    /** Networks that no route asks for any more too: the book may hold payments on them. */
    private static Map<Network, ChainSettings> chains(FareboxConfig config) {
        Map<Network, ChainSettings> chains = new HashMap<>();
        config.networks().forEach((network, settings) -> {
            List<String> urls = settings.rpc().stream().map(Secret::reveal).toList();
            chains.put(network, new ChainSettings(urls, settings.confirmations()));
        });
        return chains;
    }

    private static JdbcBook book(FareboxConfig config, FacilitatorAssembly parts) {
        try {
            return JdbcBook.open(config.bookUrl().reveal());
        } catch (RuntimeException e) {
            parts.facilitators().close();
            throw e;
        }
    }

    private static LivePrices prices(FareboxConfig config, FacilitatorAssembly parts) {
        boolean solana = config.routes().stream()
                .flatMap(route -> route.options().stream())
                .anyMatch(option -> option.asset().network().isSolana());
        if (solana) parts.remote().awaitFirstAnswers(FIRST_ANSWERS);
        LivePrices prices = new LivePrices(config, parts.completion());
        parts.remote().whenHeard(prices::refresh);
        // An answer may have come between the two lines above.
        prices.refresh();
        return prices;
    }

    private static GateSettings settings(FareboxConfig config, PriceBook prices, String owner) {
        List<FacilitatorConfig> enabled = config.enabledFacilitators();
        Duration settleDeadline = enabled.stream()
                .map(FacilitatorConfig::settleTimeout)
                .max(Duration::compareTo)
                .orElse(FacilitatorConfig.DEFAULT_SETTLE_TIMEOUT);
        GateSettings.Times times = GateSettings.Times.defaults();
        return new GateSettings(
                config.publicUrl().toString(),
                config.mode(),
                owner,
                Secrets.of(config),
                prices.v1Names(),
                prices.v1Networks(),
                enabled.stream().map(FacilitatorConfig::id).toList(),
                Set.copyOf(config.corsOrigins()),
                new GateSettings.Times(
                        settleDeadline,
                        config.settleWait(),
                        times.skew(),
                        times.doubtAfter(),
                        times.grace(),
                        times.owedTtl()),
                GateSettings.DEFAULT_MAX_RELEASES,
                GateSettings.DEFAULT_MAX_UNDECIDABLE);
    }

    /** Where a host asks. */
    public PaymentGate gate() {
        return gate;
    }

    /** What is priced, and how, at this moment: another one once facilitators say that they support something else. */
    public PriceBook prices() {
        return prices.now();
    }

    /** What became of every payment. */
    public Book book() {
        return book;
    }

    /** Stops. Requests in flight should have ended; what has not is finished by the reconciler of the next start. */
    @Override
    public void close() {
        gate.close();
        reconciler.close();
        chains.close();
        facilitators.close();
        book.close();
    }
}
