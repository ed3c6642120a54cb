package io.farebox.settlement.boot;

import io.farebox.settlement.Farebox;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Adds {@link FareboxEndpoint} to applications with Actuator that expose it ({@code management.endpoints.web.exposure.include}). */
@AutoConfiguration(after = FareboxAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(FareboxEndpoint.class)
public final class FareboxEndpointAutoConfiguration {
    @Bean
    @ConditionalOnBean(Farebox.class)
    @ConditionalOnMissingBean
    FareboxEndpoint fareboxEndpoint(Farebox farebox) {
        return new FareboxEndpoint(farebox);
    }
}
