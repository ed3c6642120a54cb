package io.farebox.app.run;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Flux;

/**
 * Makes the configured routes before the gateway does, so that one that cannot be made is told by its name and place, and not by the
 * stack trace of all that was under way.
 */
final class RouteCheck implements SmartInitializingSingleton {
    private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

    private final GatewayProperties gateway;
    private final RouteLocator all;
    private final Function<RouteDefinitionLocator, RouteLocator> maker;
    private final Environment environment;

    /**
     * @param all the gateway's own, of all routes
     * @param maker makes one like it, to find out which route it is
     */
    RouteCheck(
            GatewayProperties gateway,
            RouteLocator all,
            Function<RouteDefinitionLocator, RouteLocator> maker,
            Environment environment) {
        this.gateway = gateway;
        this.all = all;
        this.maker = maker;
        this.environment = environment;
    }

    /** @throws StartRefusedException if a route cannot be made */
    @Override
    public void afterSingletonsInstantiated() {
        List<RouteDefinition> routes = gateway.getRoutes();
        if (routes.isEmpty()) return;
        try {
            all.getRoutes().blockLast();
        } catch (RuntimeException e) {
            for (int i = 0; i < routes.size(); i++) check(i, routes.get(i));
            // Not one that is configured, so nothing that we could name.
            throw e;
        }
    }

    private void check(int index, RouteDefinition route) {
        try {
            maker.apply(() -> Flux.just(route)).getRoutes().blockLast();
        } catch (RuntimeException e) {
            throw refused(index, route, reason(e));
        }
    }

    private StartRefusedException refused(int index, RouteDefinition route, String reason) {
        String key = ROUTES + "[" + index + "]";
        String where = where(key);
        return new StartRefusedException(
                "Route %s of the gateway cannot be used: %s".formatted(route.getId(), reason),
                "Mend %s%s: its uri, predicates or filters.".formatted(key, where == null ? "" : " (" + where + ")"));
    }

    /** The innermost reason is the one that names what is wrong. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) innermost = innermost.getCause();
        String message = innermost.getMessage();
        String told = message == null ? innermost.getClass().getSimpleName().toLowerCase(Locale.ROOT) : message;
        return told.lines().findFirst().orElse(told);
    }

    /** File, line and column, as Boot knows them. */
    private @Nullable String where(String key) {
        ConfigurationPropertyName route = ConfigurationPropertyName.of(key);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            for (String part : new String[] {"id", "uri", "predicates[0]", "filters[0]"}) {
                ConfigurationProperty found =
                        source.getConfigurationProperty(ConfigurationPropertyName.of(route + "." + part));
                if (found != null && found.getOrigin() != null) return String.valueOf(found.getOrigin());
            }
        }
        return null;
    }
}
