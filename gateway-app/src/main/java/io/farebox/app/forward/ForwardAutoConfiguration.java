package io.farebox.app.forward;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/** Has the upstream told who asked, and by nobody but us and the proxies that we trust. */
@AutoConfiguration
public final class ForwardAutoConfiguration {
    @Bean
    WebFilter fareboxStrangers(GatewayProperties gateway) {
        return new StrangersFilter(new TrustedPeers(gateway.getTrustedProxies()));
    }

    @Bean
    HttpHeadersFilter fareboxForwardedHeaders(Environment environment) {
        return new ForwardedHeaders(isOn(environment, "x-forwarded"), isOn(environment, "forwarded"));
    }

    /** The gateway's own switches. */
    private static boolean isOn(Environment environment, String kind) {
        return environment.getProperty(GatewayProperties.PREFIX + '.' + kind + ".enabled", Boolean.class, true);
    }
}
