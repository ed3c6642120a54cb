package io.farebox.settlement;

import io.farebox.chain.AccountKey;
import io.farebox.chain.KeyFileException;
import io.farebox.chain.lookup.ChainSettings;
import io.farebox.chain.own.OwnFacilitator;
import io.farebox.chain.own.OwnSettings;
import io.farebox.chain.own.OwnToken;
import io.farebox.gate.OutcomeLookup;
import io.farebox.outbox.Outbox;
import io.farebox.pricing.ConfigProblem;
import io.farebox.pricing.FacilitatorConfig;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.OwnChainConfig;
import io.farebox.pricing.PayOption;
import io.farebox.pricing.PricingConfigException;
import io.farebox.pricing.ProblemCode;
import io.farebox.pricing.RouteConfig;
import io.farebox.settlement.serve.FacilitatorServer;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a configured {@code chain} to a facilitator of our own. */
final class OwnAssembly {
    private static final System.Logger LOG = System.getLogger(Farebox.class.getName());

    private OwnAssembly() {}

    /**
     * Empty if none is configured and switched on.
     *
     * @param owner names this process
     * @throws PricingConfigException if its key cannot be used
     */
    static Optional<OwnFacilitator> open(
            FareboxConfig config,
            Map<Network, ChainSettings> chains,
            @Nullable Outbox outbox,
            OutcomeLookup lookup,
            String owner,
            InstantSource clock) {
        Optional<FacilitatorConfig> own = config.enabledFacilitators().stream()
                .filter(each -> each.type() == FacilitatorConfig.Type.OWN)
                .findFirst();
        if (own.isEmpty()) return Optional.empty();
        if (outbox == null) throw new IllegalStateException("our own facilitator needs a book on a database");
        OwnChainConfig chain = Objects.requireNonNull(own.get().chain(), "an own facilitator has a chain");
        OwnSettings settings = new OwnSettings(
                own.get().id(),
                owner,
                own.get().settleTimeout(),
                chain.maxFee(),
                chain.dailyBudget(),
                chain.batch(),
                OwnSettings.Pace.usual());
        var opened = new OwnFacilitator(settings, key(own.get().id(), chain), chains, outbox, lookup, clock);
        LOG.log(
                System.Logger.Level.INFO,
                "facilitator {0} settles on {1} from account {2}, which pays the gas",
                opened.id(),
                opened.networks(),
                opened.account());
        opened.start();
        return Optional.of(opened);
    }

    /** Serves it to others if that is configured; once it knows the tokens, which come with the first prices. */
    static void serve(FareboxConfig config, AllFacilitators facilitators) {
        OwnFacilitator own = facilitators.own();
        if (own == null) return;
        config.facilitators().stream()
                .filter(each -> each.id().equals(own.id()))
                .map(FacilitatorConfig::chain)
                .filter(chain -> chain != null && chain.serve() != null)
                .forEach(chain -> facilitators.serve(FacilitatorServer.open(
                        own,
                        Objects.requireNonNull(chain.serve()),
                        config.networkTable().v1Names())));
    }

    private static AccountKey key(String id, OwnChainConfig chain) {
        try {
            return AccountKey.read(chain.keyFile());
        } catch (KeyFileException e) {
            throw new PricingConfigException(List.of(new ConfigProblem(
                    ProblemCode.KEY_FILE,
                    "facilitators",
                    0,
                    id + ".chain.key-file",
                    chain.keyFile().toString(),
                    e.reason(),
                    e.fix())));
        }
    }

    /**
     * Whether a payment on these terms has anybody of the route who settles it, as far as our own facilitator is concerned. Tells
     * that one of the token, so that it is held against the chain.
     */
    static boolean isTaken(PaymentRequirements terms, RouteConfig route, @Nullable OwnFacilitator own) {
        if (own == null || !terms.network().isEvm()) return true;
        boolean asked = route.facilitators().stream().anyMatch(each -> each.id().equals(own.id()));
        if (!asked) return true;
        token(terms, route).ifPresent(own::know);
        return own.takes(terms)
                || route.facilitators().stream().anyMatch(each -> each.type() != FacilitatorConfig.Type.OWN);
    }

    private static Optional<OwnToken> token(PaymentRequirements terms, RouteConfig route) {
        return route.options().stream()
                .map(PayOption::asset)
                .filter(asset -> asset.network().equals(terms.network())
                        && asset.address().equals(terms.asset()))
                .map(asset -> new OwnToken(asset.network() + "/" + asset.symbol(), terms, asset.decimals()))
                .findFirst();
    }
}
