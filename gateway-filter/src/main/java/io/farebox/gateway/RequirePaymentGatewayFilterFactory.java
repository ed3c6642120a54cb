package io.farebox.gateway;

import io.farebox.gate.PaymentGate;
import io.farebox.gate.RequestFirewall;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;

/**
 * {@code - RequirePayment} on a route: nothing of it is served without payment, whatever the price list leaves free. With a path
 * of the price list, {@code - RequirePayment=/tiers/gold}, the route costs what that path costs, whatever paths it has itself.
 * The price list stays the one place where prices are written.
 */
public final class RequirePaymentGatewayFilterFactory
        extends AbstractGatewayFilterFactory<RequirePaymentGatewayFilterFactory.Config> {
    private final PaymentGate gate;

    RequirePaymentGatewayFilterFactory(PaymentGate gate) {
        super(Config.class);
        this.gate = gate;
    }

    @Override
    public List<String> shortcutFieldOrder() {
        return List.of("pricedAs");
    }

    /** @throws IllegalArgumentException if nothing is priced at the path */
    @Override
    public GatewayFilter apply(Config config) {
        String pricedAs = config.getPricedAs();
        if (!pricedAs.isEmpty()) require(pricedAs);
        // Filters are sorted by order, so it comes before the one that asks for the price, wherever the route names it.
        return new OrderedGatewayFilter(
                (exchange, chain) -> {
                    Attributes.required(exchange, pricedAs);
                    return chain.filter(exchange);
                },
                PaymentGlobalFilter.ORDER - 1);
    }

    private void require(String path) {
        if (RequestFirewall.check("GET", path, null, 1) != null) {
            throw new IllegalArgumentException(
                    "RequirePayment=" + path + " is no path. Name a path of the price list, such as"
                            + " RequirePayment=/tiers/gold, and write its price in farebox.yaml.");
        }
        if (gate.enforces() && gate.isFree(new NamedPath(path))) {
            throw new IllegalArgumentException("RequirePayment=" + path
                    + " names a path that costs nothing. Give it a route" + " with a price in farebox.yaml.");
        }
    }

    /** What the filter can be told. */
    public static final class Config {
        private String pricedAs = "";

        /** The path of the price list that says what the route costs; empty for the paths that clients ask for. */
        public String getPricedAs() {
            return pricedAs;
        }

        public void setPricedAs(String pricedAs) {
            this.pricedAs = pricedAs;
        }
    }
}
