package io.farebox.settlement;

import io.farebox.chain.lookup.AssetCheck;
import io.farebox.chain.lookup.AssetCheck.Finding;
import io.farebox.pricing.AssetInfo;
import io.farebox.pricing.Completion;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PayOption;
import io.farebox.pricing.RouteConfig;
import io.farebox.x402.PaymentRequirements;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps out of the offers what is other on its chain than it is configured: nobody could pay with it, or would pay something else. Each
 * asset is looked at once, where its network has an RPC; one that nobody can be asked about is offered, with a warning. Thread-safe.
 */
final class OptionCheck implements Completion {
    private static final System.Logger LOG = System.getLogger(Farebox.class.getName());

    private final Completion completion;
    private final AssetCheck chain;
    private final Map<AssetInfo, Boolean> right = new ConcurrentHashMap<>();

    OptionCheck(Completion completion, AssetCheck chain) {
        this.completion = completion;
        this.chain = chain;
    }

    /** Looks at all assets of a configuration at once, so that a start waits for the slowest alone. */
    void look(FareboxConfig config) {
        List<Thread> looks = new ArrayList<>();
        config.routes().stream()
                .flatMap(route -> route.options().stream())
                .map(PayOption::asset)
                .distinct()
                .filter(asset -> chain.isAsked(asset.network()))
                .forEach(asset -> looks.add(Thread.ofVirtual().start(() -> isRight(asset))));
        for (Thread look : looks) join(look);
    }

    private static void join(Thread look) {
        try {
            look.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<PaymentRequirements> complete(PaymentRequirements requirements, RouteConfig route) {
        return isTransferable(requirements, route) ? completion.complete(requirements, route) : Optional.empty();
    }

    @Override
    public boolean isTransferable(PaymentRequirements requirements, RouteConfig route) {
        return route.options().stream()
                .map(PayOption::asset)
                .filter(asset -> asset.network().equals(requirements.network())
                        && asset.address().equals(requirements.asset()))
                .allMatch(this::isRight);
    }

    private boolean isRight(AssetInfo asset) {
        Boolean known = right.get(asset);
        if (known != null) return known;
        if (!chain.isAsked(asset.network())) return true;
        boolean found = tell(asset, chain.of(terms(asset), asset.decimals()));
        right.put(asset, found);
        return found;
    }

    /** Its address and domain; amount, payee and time are not looked at. */
    private static PaymentRequirements terms(AssetInfo asset) {
        String name = asset.name();
        String version = asset.version();
        Map<String, Object> extra =
                name == null || version == null ? Map.of() : Map.of("name", name, "version", version);
        return new PaymentRequirements(
                "exact", asset.network(), BigInteger.ONE, asset.address(), asset.address(), 60, extra);
    }

    private static boolean tell(AssetInfo asset, Finding finding) {
        String name = asset.network() + "/" + asset.symbol();
        return switch (finding) {
            case Finding.Right right -> true;
            case Finding.Wrong(String fault) -> {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "{0} is not offered: {1}. Mend the asset under `assets` or the `rpc` of its network, or take it out of"
                                + " `accept`; then restart",
                        name,
                        fault);
                yield false;
            }
            case Finding.Unreadable unreadable -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} is offered as configured: no node of its network could be asked whether it is so there",
                        name);
                yield true;
            }
        };
    }
}
