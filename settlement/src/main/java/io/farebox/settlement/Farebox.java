package io.farebox.settlement;

import io.farebox.chain.Eip3009Verifier;
import io.farebox.chain.lookup.ChainSettings;
import io.farebox.chain.lookup.Web3jLookup;
import io.farebox.gate.BalanceDesk;
import io.farebox.gate.Book;
import io.farebox.gate.GateListener;
import io.farebox.gate.GateSettings;
import io.farebox.gate.Pause;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.TransferTerms;
import io.farebox.gate.Transfers;
import io.farebox.pricing.Completion;
import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FacilitatorConfig;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;
import io.farebox.pricing.PriceDiff;
import io.farebox.pricing.Secret;
import io.farebox.settlement.operate.Housekeeping;
import io.farebox.settlement.operate.Operations;
import io.farebox.settlement.operate.Pseudonyms;
import io.farebox.settlement.reconcile.FinalityRounds;
import io.farebox.settlement.reconcile.Reconciler;
import io.farebox.settlement.reconcile.ReconcilerSettings;
import io.farebox.settlement.reload.FileWatch;
import io.farebox.settlement.transfer.TransferRails;
import io.farebox.x402.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A running Farebox: the gate of a configuration with everything behind it. Open one per application and close it when the
 * application stops. Thread-safe.
 */
public final class Farebox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Farebox.class.getName());

    /** How long a start waits for what facilitators say of Solana; what comes later is offered later. */
    private static final Duration FIRST_ANSWERS = Duration.ofSeconds(5);

    private final Repricing repricing;
    private final List<Rounds> rounds;
    private final OpenBook book;
    private final AllFacilitators facilitators;
    private final Web3jLookup chains;
    private final Reconciler reconciler;
    private final PaymentGate gate;
    private final Operations operations;

    private Farebox(
            Repricing repricing,
            List<Rounds> rounds,
            OpenBook book,
            AllFacilitators facilitators,
            Web3jLookup chains,
            Reconciler reconciler,
            PaymentGate gate,
            Operations operations) {
        this.repricing = repricing;
        this.rounds = rounds;
        this.book = book;
        this.facilitators = facilitators;
        this.chains = chains;
        this.reconciler = reconciler;
        this.gate = gate;
        this.operations = operations;
    }

    /** As {@link #open(Path, GateListener)}; nobody hears of anything. */
    public static Farebox open(Path file) {
        return open(file, GateListener.none());
    }

    /**
     * Opens what a file describes, and follows it: when prices are changed in the file, in whatever way, they change here within
     * about a second, and what was offered before stays payable for as long as it was offered for. A changed file that is wrong,
     * or that changes what can only change at a start (see {@link PriceDiff}), is not taken over. Both are logged and told to the
     * listener, as {@link io.farebox.gate.GateEvent.PricesReloaded} and {@link io.farebox.gate.GateEvent.ReloadRefused}.
     *
     * @param listener hears of everything the gate does
     * @throws io.farebox.pricing.PricingConfigException if anything in the file is wrong; it tells everything that is
     * @throws io.farebox.ledger.BookOpenException if the book cannot be opened
     */
    public static Farebox open(Path file, GateListener listener) {
        return open(file, Setup.usual(listener));
    }

    /**
     * Opens what a configuration describes, for good. If anything is sold for Solana, it waits up to five seconds for the
     * facilitators to say who pays the fees there.
     *
     * @param listener hears of everything the gate does
     * @throws io.farebox.ledger.BookOpenException if the book cannot be opened
     */
    public static Farebox open(FareboxConfig config, GateListener listener) {
        return open(config, Setup.usual(listener));
    }

    static Farebox open(FareboxConfig config, Setup setup) {
        return open(config, setup, repricing -> repricing::round);
    }

    static Farebox open(Path file, Setup setup) {
        byte[] content = ConfigReader.bytesOf(file);
        ConfigReader reader = ConfigReader.ofProcess();
        var watch = new FileWatch(file, content, ConfigReader.LARGEST_FILE, setup.quiet(), setup.clock());
        return open(reader.readBytes(ConfigReader.nameOf(file), content), setup, repricing -> {
            var changes = new ConfigChanges(file, watch, reader, repricing, setup.listener());
            return () -> {
                changes.look();
                repricing.round();
            };
        });
    }

    private static Farebox open(FareboxConfig config, Setup setup, Function<Repricing, Runnable> round) {
        Notices.ofNetworks(config);
        InstantSource clock = setup.clock();
        FacilitatorAssembly parts = FacilitatorAssembly.of(config, clock, setup.supported());
        String owner = UUID.randomUUID().toString();
        OpenBook book = orClose(parts, () -> setup.book().apply(config));
        Web3jLookup chains = new Web3jLookup(chains(config));
        AllFacilitators facilitators =
                orClose(parts, () -> withOwn(parts.facilitators(), config, book, chains, owner, clock));
        OptionCheck options = new OptionCheck(parts.completion(), chains.assets());
        options.look(config);
        Repricing repricing = orClose(parts, () -> repricing(config, parts, options, book, owner, setup));
        // Before anything can be charged: it says what is to be looked at again.
        var again = new FinalityRounds(book.desk(), chains.finality(), setup.listener(), clock, Pause.sleeping());
        TransferRails rails = new TransferRails(book.balances(), clock);
        TransferTerms transfers = TakenTransfers.of(config);
        GateSettings settings = settings(config, repricing.live().now(), owner, transfers);
        PaymentGate gate = new PaymentGate(
                settings,
                repricing.live(),
                Eip3009Verifier.create(),
                transfers == null ? Transfers.none() : rails.taking(transfers, chains.transfers()),
                TakenTokens.of(config, book),
                book.payments(),
                rails.with(facilitators),
                rails.with(chains),
                setup.listener(),
                clock,
                Pause.sleeping());
        Reconciler reconciler = new Reconciler(
                ReconcilerSettings.defaults(owner),
                book.payments(),
                rails.with(facilitators),
                rails.with(chains),
                setup.listener(),
                clock,
                Pause.sleeping());
        reconciler.start();
        Rounds rounds = new Rounds("farebox-prices", round.apply(repricing), setup.look(), Pause.sleeping());
        rounds.start();
        Rounds housekeeping = new Rounds(
                "farebox-housekeeping",
                new Housekeeping(book.desk(), config.retention(), clock, Pause.sleeping()),
                Housekeeping.EVERY,
                Pause.sleeping());
        housekeeping.start();
        Rounds finality = new Rounds("farebox-finality", again, FinalityRounds.EVERY, Pause.sleeping());
        finality.start();
        OwnAssembly.serve(config, facilitators);
        Notices.ofStart(config);
        Notices.ofFacilitators(config, book.desk());
        Operations operations = new Operations(
                book.payments(),
                book.desk(),
                rails.with(chains),
                setup.listener(),
                new Pseudonyms(settings.secret().bytes()),
                clock);
        return new Farebox(
                repricing,
                List.of(rounds, housekeeping, finality),
                book,
                facilitators,
                chains,
                reconciler,
                gate,
                operations);
    }

    private static AllFacilitators withOwn(
            AllFacilitators facilitators,
            FareboxConfig config,
            OpenBook book,
            Web3jLookup chains,
            String owner,
            InstantSource clock) {
        try {
            OwnAssembly.open(config, chains(config), book.outbox(), chains, owner, clock)
                    .ifPresent(facilitators::join);
            return facilitators;
        } catch (RuntimeException e) {
            chains.close();
            book.close().run();
            throw e;
        }
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

    private static <T> T orClose(FacilitatorAssembly parts, Supplier<T> part) {
        try {
            return part.get();
        } catch (RuntimeException e) {
            parts.facilitators().close();
            throw e;
        }
    }

    private static Repricing repricing(
            FareboxConfig config,
            FacilitatorAssembly parts,
            Completion completion,
            OpenBook book,
            String owner,
            Setup setup) {
        boolean solana = config.routes().stream()
                .flatMap(route -> route.options().stream())
                .anyMatch(option -> option.asset().network().isSolana());
        if (solana) parts.remote().awaitFirstAnswers(FIRST_ANSWERS);
        try {
            var exchange = new PriceExchange(
                    book.versions(),
                    owner,
                    config.publicUrl().toString(),
                    book.replicas().lease());
            Repricing repricing =
                    Repricing.begin(config, completion, exchange, book.replicas(), setup.listener(), setup.clock());
            parts.remote().whenHeard(repricing::refresh);
            // An answer may have come between the two lines above.
            repricing.refresh();
            // Where other replicas take payments, they must have heard of these prices before anybody is asked for
            // them.
            if (!repricing.isOfferedElsewhere())
                Pause.sleeping().pause(book.replicas().lead());
            return repricing;
        } catch (RuntimeException e) {
            book.close().run();
            throw e;
        }
    }

    private static GateSettings settings(
            FareboxConfig config, PriceBook prices, String owner, @Nullable TransferTerms transfers) {
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
                GateSettings.DEFAULT_MAX_UNDECIDABLE,
                transfers);
    }

    /** Where a host asks. */
    public PaymentGate gate() {
        return gate;
    }

    /** What is priced, and how, at this moment: another one once prices change, or what facilitators support. */
    public PriceBook prices() {
        return repricing.live().now();
    }

    /** Takes another configuration over, see {@link Repricing#take}. */
    void take(FareboxConfig config) {
        repricing.take(config);
    }

    /** Takes no new payments from now on, see {@link PaymentGate#stopAdmitting}; to be called before a server stops. */
    public void stopAdmitting() {
        gate.stopAdmitting();
    }

    /** Takes new payments again, see {@link PaymentGate#resumeAdmitting}. */
    public void resumeAdmitting() {
        gate.resumeAdmitting();
    }

    /** What became of every payment. */
    public Book book() {
        return book.payments();
    }

    /** What operators may do with the payments. */
    public Operations operations() {
        return operations;
    }

    /** What operators may do with balances; empty if this book has none. */
    public Optional<BalanceDesk> balances() {
        return Optional.ofNullable(book.balanceDesk());
    }

    /** Of each facilitator that is switched on, whether it answers as far as is known; nobody is asked. */
    public Map<String, Boolean> facilitators() {
        return facilitators.answering();
    }

    /** Stops. Requests in flight should have ended; what has not is finished by the reconciler of the next start. */
    @Override
    public void close() {
        gate.close();
        rounds.forEach(Rounds::close);
        repricing.close();
        reconciler.close();
        chains.close();
        facilitators.close();
        book.close().run();
    }
}
