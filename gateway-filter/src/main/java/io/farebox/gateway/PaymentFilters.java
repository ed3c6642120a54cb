package io.farebox.gateway;

import io.farebox.gate.PaymentGate;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.web.server.WebFilter;

/**
 * The filters that put a gate in front of a gateway's routes; register them all. They share the threads on which the gate may
 * wait, so close this when the gateway stops, before the gate. Thread-safe.
 */
public final class PaymentFilters implements AutoCloseable {
    /** Name of the exchange attribute with the {@link io.farebox.gate.PaymentFacts} of a paid request. */
    public static final String PAYMENT = "io.farebox.payment";

    /** How many payments are checked at once, unless said otherwise; a further one is answered 503. */
    public static final int DEFAULT_ADMISSIONS = 2_000;

    private final PaymentGate gate;
    private final Crossing crossing;

    /** @param admissions how many payments may be checked at once */
    public PaymentFilters(PaymentGate gate, int admissions) {
        this.gate = gate;
        this.crossing = new Crossing(admissions);
    }

    /** Stands before routing: refuses ambiguous requests, and lets only routes serve what is priced. */
    public WebFilter requestTarget() {
        return new RequestTargetFilter(gate, new PaymentGlobalFilter(gate, crossing));
    }

    /** Puts prices on routes. */
    public GlobalFilter payment() {
        return new PaymentGlobalFilter(gate, crossing);
    }

    /** Makes {@code RequirePayment} known to routes. */
    public RequirePaymentGatewayFilterFactory requirePayment() {
        return new RequirePaymentGatewayFilterFactory(gate);
    }

    /** Has the upstream asked for the very path and query that was priced; the gateway's own filter changes some. */
    public GlobalFilter exactTarget() {
        return new ExactTargetFilter();
    }

    /** Waits a little for payments under way. */
    @Override
    public void close() {
        crossing.close();
    }
}
