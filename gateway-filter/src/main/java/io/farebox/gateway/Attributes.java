package io.farebox.gateway;

import io.farebox.gate.GateRequest;
import io.farebox.gate.Pricing;
import java.util.function.Function;
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

    /** The route itself says what it costs. */
    static void required(ServerWebExchange exchange, Function<GateRequest, Pricing> pricing) {
        exchange.getAttributes().put(REQUIRED, pricing);
    }

    static @Nullable Function<GateRequest, Pricing> required(ServerWebExchange exchange) {
        return exchange.getAttribute(REQUIRED);
    }
}
