package io.farebox.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** What the filters of one exchange tell each other. */
final class Attributes {
    private static final String DECIDED = "io.farebox.gateway.decided";
    private static final String REQUIRED = "io.farebox.gateway.required";

    private Attributes() {}

    /** A price has been asked for this request. */
    static void decided(ServerWebExchange exchange) {
        exchange.getAttributes().put(DECIDED, Boolean.TRUE);
    }

    static boolean isDecided(ServerWebExchange exchange) {
        return exchange.getAttribute(DECIDED) != null;
    }

    static boolean isGranted(ServerWebExchange exchange) {
        return exchange.getAttribute(PaymentFilters.PAYMENT) != null;
    }

    /** The route is priced as this path of the price list; as its own path if that is empty. */
    static void required(ServerWebExchange exchange, String pricedAs) {
        exchange.getAttributes().put(REQUIRED, pricedAs);
    }

    /** What {@link #required} said, or null if the route does not ask for payment itself. */
    static @Nullable String required(ServerWebExchange exchange) {
        return exchange.getAttribute(REQUIRED);
    }
}
