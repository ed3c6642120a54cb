package io.farebox.app.run;

import io.farebox.settlement.Farebox;
import io.farebox.settlement.boot.FareboxAutoConfiguration;
import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.cloud.gateway.route.RouteDefinitionRouteLocator;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Flux;

/** Makes a gateway with prices into one that runs by itself: where requests go, and for how long. */
@AutoConfiguration(after = FareboxAutoConfiguration.class)
public final class GatewayAppAutoConfiguration {
    @Bean
    Destinations fareboxDestinations(
            ObjectProvider<Farebox> farebox, GatewayProperties gateway, Environment environment) {
        return new Destinations(farebox.getIfAvailable(), gateway.getRoutes(), environment);
    }

    @Bean
    RouteDefinitionLocator fareboxUpstreamRoute(Destinations destinations) {
        URI upstream = destinations.upstream();
        return upstream == null ? Flux::empty : new UpstreamRoute(upstream);
    }

    @Bean
    @SuppressWarnings("rawtypes") // as the gateway's own locator takes them
    RouteCheck fareboxRouteCheck(
            GatewayProperties gateway,
            @Qualifier("routeDefinitionRouteLocator") RouteLocator all,
            List<RoutePredicateFactory> predicates,
            List<GatewayFilterFactory> filters,
            ConfigurationService configuration,
            Environment environment) {
        return new RouteCheck(
                gateway,
                all,
                routes -> new RouteDefinitionRouteLocator(routes, predicates, filters, gateway, configuration),
                environment);
    }

    @Bean
    GlobalFilter fareboxBasePath() {
        return new BasePathFilter();
    }

    @Bean
    GlobalFilter fareboxResponseDeadline(HttpClientProperties properties) {
        return new ResponseDeadlineFilter(properties);
    }
}
