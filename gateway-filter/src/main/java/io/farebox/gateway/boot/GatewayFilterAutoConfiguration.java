package io.farebox.gateway.boot;

import io.farebox.analytics.FacilitatorsUp;
import io.farebox.analytics.OpenPayments;
import io.farebox.analytics.PaymentMeters;
import io.farebox.gateway.PaymentFilters;
import io.farebox.gateway.RequirePaymentGatewayFilterFactory;
import io.farebox.settlement.Farebox;
import io.farebox.settlement.boot.FareboxAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

/**
 * Prices the routes of a gateway that has a {@link Farebox}. An application that has {@link PaymentFilters} of its own registers
 * them itself.
 */
@AutoConfiguration(
        after = FareboxAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(Farebox.class)
@ConditionalOnMissingBean(PaymentFilters.class)
public final class GatewayFilterAutoConfiguration {
    @Bean(destroyMethod = "close")
    PaymentFilters fareboxPaymentFilters(Farebox farebox) {
        return new PaymentFilters(farebox.gate(), PaymentFilters.DEFAULT_ADMISSIONS);
    }

    @Bean
    WebFilter fareboxRequestTargetFilter(PaymentFilters filters) {
        return filters.requestTarget();
    }

    @Bean
    GlobalFilter fareboxPaymentFilter(PaymentFilters filters) {
        return filters.payment();
    }

    @Bean
    RequirePaymentGatewayFilterFactory fareboxRequirePayment(PaymentFilters filters) {
        return filters.requirePayment();
    }

    @Bean
    GlobalFilter fareboxExactTargetFilter(PaymentFilters filters) {
        return filters.exactTarget();
    }

    /** Counts for the application's registry, if it has one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(MeterRegistry.class)
    static class Meters {
        @Bean
        @ConditionalOnMissingBean
        PaymentMeters fareboxMeters(MeterRegistry registry) {
            return new PaymentMeters(registry);
        }

        @Bean
        @ConditionalOnMissingBean
        OpenPayments fareboxOpenPayments(Farebox farebox) {
            return new OpenPayments(() -> farebox.operations().tallies());
        }

        @Bean
        @ConditionalOnMissingBean
        FacilitatorsUp fareboxFacilitatorsUp(Farebox farebox) {
            return new FacilitatorsUp(farebox::facilitators);
        }
    }
}
