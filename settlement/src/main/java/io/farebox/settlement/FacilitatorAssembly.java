package io.farebox.settlement;

import io.farebox.gate.Pause;
import io.farebox.pricing.Completion;
import io.farebox.pricing.FacilitatorConfig;
import io.farebox.pricing.FareboxConfig;
import io.farebox.settlement.dev.DevFacilitator;
import io.farebox.settlement.dev.DevLimits;
import io.farebox.settlement.http.ConfiguredFacilitators;
import io.farebox.settlement.http.FacilitatorAuth;
import io.farebox.settlement.http.FacilitatorSettings;
import io.farebox.x402.PaymentRequirements;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** From configured facilitators to running ones. */
record FacilitatorAssembly(AllFacilitators facilitators, Completion completion) {
    private static final int MAX_CONCURRENT = 2_000;

    static FacilitatorAssembly of(FareboxConfig config, InstantSource clock) {
        List<FacilitatorSettings> remote = config.facilitators().stream()
                .filter(one -> one.type() == FacilitatorConfig.Type.REMOTE)
                .map(FacilitatorAssembly::settings)
                .toList();
        DevFacilitator dev = config.enabledFacilitators().stream()
                .filter(one -> one.type() == FacilitatorConfig.Type.DEV)
                .findFirst()
                .map(one -> new DevFacilitator(one.id(), DevLimits.defaults(), clock))
                .orElse(null);
        var running = new ConfiguredFacilitators(remote, config.networkTable().v1Names(), clock, Pause.sleeping());
        running.start();
        return new FacilitatorAssembly(new AllFacilitators(running, dev), (terms, route) -> completed(terms, running));
    }

    /** Solana needs to know who pays the fee; only the facilitators can tell. */
    private static Optional<PaymentRequirements> completed(PaymentRequirements terms, ConfiguredFacilitators running) {
        if (!terms.network().isSolana()) return Optional.of(terms);
        return running.feePayer(terms.network()).map(feePayer -> {
            Map<String, Object> extra = new HashMap<>(terms.extra());
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
