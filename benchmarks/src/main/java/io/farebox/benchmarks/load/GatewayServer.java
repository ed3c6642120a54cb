package io.farebox.benchmarks.load;

import io.farebox.benchmarks.Gates;
import io.farebox.benchmarks.PlainRequest;
import io.farebox.benchmarks.PriceLists;
import io.farebox.gate.Decision;
import io.farebox.gate.GateResponse;
import io.farebox.gate.PaymentGate;
import io.farebox.gateway.PaymentFilters;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.server.WebFilter;

/** A Spring Cloud Gateway on loopback with its defaults, and one route for everything. */
final class GatewayServer {
    @EnableAutoConfiguration
    static class Gateway {}

    private GatewayServer() {}

    /** One without any filter of ours; it ends with its process. @return its port */
    static int bare(String upstream) {
        return start(upstream, beans -> {});
    }

    /** One whose only filter answers everything below a prefix with the gate's answer, from constants. */
    static int constant(String upstream) {
        GateResponse challenge = challenge();
        return start(
                upstream,
                beans -> beans.registerBean(
                        GlobalFilter.class, () -> new ConstantGlobalFilter(GatewayPrices.PRICED_PREFIX, challenge)));
    }

    /** One with Farebox, as it runs in production. */
    static int farebox(String upstream, String facilitator) throws IOException {
        PaymentFilters filters =
                new PaymentFilters(GatewayPrices.open(facilitator).gate(), PaymentFilters.DEFAULT_ADMISSIONS);
        return start(upstream, beans -> {
            beans.registerBean(WebFilter.class, filters::requestTarget);
            beans.registerBean("payment", GlobalFilter.class, filters::payment);
            beans.registerBean("target", GlobalFilter.class, filters::exactTarget);
        });
    }

    private static int start(String upstream, ApplicationContextInitializer<GenericApplicationContext> filters) {
        SpringApplication spring = new SpringApplication(Gateway.class);
        spring.addInitializers(filters);
        String route = "--spring.cloud.gateway.server.webflux.routes[0].";
        var context = spring.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.web-application-type=reactive",
                "--spring.main.banner-mode=off",
                "--logging.level.root=ERROR",
                route + "id=all",
                route + "uri=http://127.0.0.1:" + upstream,
                route + "predicates[0]=Path=/**");
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static GateResponse challenge() {
        try (PaymentGate gate = Gates.over(PriceLists.ofRoutes(1_000))) {
            return ((Decision.Answer) gate.decide(PlainRequest.get(GatewayPrices.PRICED))).response();
        }
    }
}
