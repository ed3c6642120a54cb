package io.farebox.settlement;

import io.farebox.gate.Pause;
import io.farebox.pricing.Completion;
import io.farebox.pricing.FacilitatorConfig;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.RouteConfig;
import io.farebox.settlement.dev.DevFacilitator;
import io.farebox.settlement.dev.DevLimits;
import io.farebox.settlement.http.ConfiguredFacilitators;
import io.farebox.settlement.http.FacilitatorAuth;
import io.farebox.settlement.http.FacilitatorSettings;
import io.farebox.x402.PaymentRequirements;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * From configured facilitators to running ones.
 *
 * @param remote those over HTTP, which have begun to ask what is supported
 * @param facilitators all of them
 * @param completion adds to offers what the remote ones say, and takes out what our own one would not settle
 */
record FacilitatorAssembly(ConfiguredFacilitators remote, AllFacilitators facilitators, Completion completion) {
    private static final int MAX_CONCURRENT = 2_000;

    static FacilitatorAssembly of(FareboxConfig config, InstantSource clock, Pause pause) {
        List<FacilitatorSettings> remote = config.facilitators().stream()
                .filter(one -> one.type() == FacilitatorConfig.Type.REMOTE)
                .map(FacilitatorAssembly::settings)
                .toList();
        DevFacilitator dev = config.enabledFacilitators().stream()
                .filter(one -> one.type() == FacilitatorConfig.Type.DEV)
                .findFirst()
                .map(one -> new DevFacilitator(one.id(), DevLimits.defaults(), clock))
                .orElse(null);
        var running = new ConfiguredFacilitators(remote, config.networkTable().v1Names(), clock, pause);
        running.start();
        List<String> priority =
                config.facilitators().stream().map(FacilitatorConfig::id).toList();
        var all = new AllFacilitators(running, dev, priority);
        return new FacilitatorAssembly(
                running,
                all,
                (terms, route) -> completed(terms, route, running)
                        .filter(complete -> OwnAssembly.isTaken(complete, route, all.own())));
    }

    /** Solana needs to know who pays the fee; only the facilitators of the route can tell. */
    private static Optional<PaymentRequirements> completed(
            PaymentRequirements terms, RouteConfig route, ConfiguredFacilitators running) {
        if (!terms.network().isSolana()) return Optional.of(terms);
        List<String> order =
                route.facilitators().stream().map(FacilitatorConfig::id).toList();
        return running.feePayer(terms.network(), order).map(feePayer -> {
            Map<String, Object> extra = new LinkedHashMap<>(terms.extra());
            extra.put("feePayer", feePayer);
            return new PaymentRequirements(
                    terms.scheme(),
                    terms.network(),
                    terms.amount(),
                    terms.asset(),
                    terms.payTo(),
                    terms.maxTimeoutSeconds(),
                    extra);
        });
    }

    private static FacilitatorSettings settings(FacilitatorConfig one) {
        URI url = Objects.requireNonNull(one.url(), "a remote facilitator has a url");
        return new FacilitatorSettings(
                one.id(),
                url,
                auth(one.auth()),
                one.enabled(),
                one.connectTimeout(),
                one.verifyTimeout(),
                one.settleTimeout(),
                MAX_CONCURRENT);
    }

    private static FacilitatorAuth auth(FacilitatorConfig.Auth auth) {
        return switch (auth) {
            case FacilitatorConfig.Auth.None none -> FacilitatorAuth.none();
            case FacilitatorConfig.Auth.Bearer bearer ->
                FacilitatorAuth.bearer(bearer.value().reveal());
            case FacilitatorConfig.Auth.Cdp cdp ->
                FacilitatorAuth.cdp(cdp.keyId().reveal(), cdp.keySecret().reveal());
        };
    }
}
