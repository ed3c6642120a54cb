package io.farebox.gateway;

import io.farebox.gate.PaymentGate;
import io.farebox.testkit.host.Host;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** One gateway on the loopback for many cases, each with a gate and an upstream of its own: starting it takes a second. */
final class SharedGateway implements AutoCloseable {
    @EnableAutoConfiguration
    static class Gateway {}

    private record Case(PaymentFilters filters, WebFilter target, GlobalFilter payment, URI upstream) {}

    private final AtomicReference<Case> now = new AtomicReference<>();
    private final ConfigurableApplicationContext context;

    private SharedGateway() {
        SpringApplication spring = new SpringApplication(Gateway.class);
        spring.addInitializers((GenericApplicationContext beans) -> {
            beans.registerBean("target", WebFilter.class, Target::new);
            beans.registerBean("payment", GlobalFilter.class, Payment::new);
            beans.registerBean("upstream", GlobalFilter.class, Upstream::new);
        });
        String route = "--spring.cloud.gateway.server.webflux.routes[0].";
        context = spring.run(TestGateway.arguments(
                List.of(route + "id=all", route + "uri=http://127.0.0.1:1", route + "predicates[0]=Path=/**")));
    }

    static SharedGateway start() {
        return new SharedGateway();
    }

    /** Puts a gate and an upstream in place until the host is closed. */
    Host with(PaymentGate gate, Host upstream) {
        var filters = new PaymentFilters(gate, PaymentFilters.DEFAULT_ADMISSIONS);
        now.set(new Case(filters, filters.requestTarget(), filters.payment(), upstream.base()));
        return new Host() {
            @Override
            public URI base() {
                return TestGateway.base(context);
            }

            @Override
            public void close() {
                filters.close();
                upstream.close();
            }
        };
    }

    @Override
    public void close() {
        context.close();
    }

    private final class Target implements WebFilter, Ordered {
        @Override
        public int getOrder() {
            return RequestTargetFilter.ORDER;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, org.springframework.web.server.WebFilterChain chain) {
            return now.get().target().filter(exchange, chain);
        }
    }

    private final class Payment implements GlobalFilter, Ordered {
        @Override
        public int getOrder() {
            return PaymentGlobalFilter.ORDER;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
            return now.get().payment().filter(exchange, chain);
        }
    }

    private final class Upstream implements GlobalFilter, Ordered {
        @Override
        public int getOrder() {
            return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
            URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
            URI real = UriComponentsBuilder.fromUri(url)
                    .port(now.get().upstream().getPort())
                    .build(true)
                    .toUri();
            exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, real);
            return chain.filter(exchange);
        }
    }
}
