package io.farebox.gateway;

import io.farebox.gate.PaymentGate;
import io.farebox.testkit.host.Host;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.server.WebFilter;

/** A whole gateway on the loopback, with a gate in front of its routes. */
final class TestGateway {
    @EnableAutoConfiguration
    static class Gateway {}

    private TestGateway() {}

    /** Everything goes to one upstream. */
    static Host inFrontOf(Host upstream, PaymentGate gate, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        String route = "--spring.cloud.gateway.server.webflux.routes[0].";
        all.add(route + "id=all");
        all.add(route + "uri=" + upstream.base());
        all.add(route + "predicates[0]=Path=/**");
        ConfigurableApplicationContext context = run(Gateway.class, gate, all);
        return host(context, upstream);
    }

    static Host host(ConfigurableApplicationContext context, Host upstream) {
        return new Host() {
            @Override
            public URI base() {
                return TestGateway.base(context);
            }

            @Override
            public void close() {
                context.close();
                upstream.close();
            }
        };
    }

    static URI base(ConfigurableApplicationContext context) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    static String[] arguments(List<String> more) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.web-application-type=reactive",
                "--spring.main.banner-mode=off",
                "--logging.level.root=WARN"));
        all.addAll(more);
        return all.toArray(String[]::new);
    }

    static ConfigurableApplicationContext run(Class<?> application, PaymentGate gate, List<String> arguments) {
        SpringApplication spring = new SpringApplication(application);
        spring.addInitializers(gated(gate));
        return spring.run(arguments(arguments));
    }

    private static ApplicationContextInitializer<GenericApplicationContext> gated(PaymentGate gate) {
        return context -> {
            context.registerBean(
                    PaymentFilters.class, () -> new PaymentFilters(gate, PaymentFilters.DEFAULT_ADMISSIONS));
            context.registerBean(
                    "target",
                    WebFilter.class,
                    () -> context.getBean(PaymentFilters.class).requestTarget());
            context.registerBean(
                    "payment",
                    GlobalFilter.class,
                    () -> context.getBean(PaymentFilters.class).payment());
            context.registerBean(
                    RequirePaymentGatewayFilterFactory.class,
                    () -> context.getBean(PaymentFilters.class).requirePayment());
        };
    }
}
