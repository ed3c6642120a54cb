package io.farebox.servlet.boot;

import io.farebox.analytics.FacilitatorsUp;
import io.farebox.analytics.OpenPayments;
import io.farebox.analytics.PaymentMeters;
import io.farebox.servlet.PaymentFilter;
import io.farebox.settlement.Farebox;
import io.farebox.settlement.boot.FareboxAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Prices the endpoints of a servlet application that has a {@link Farebox}, by the filter's registration under the name
 * {@value #FILTER}; it stays out if the application has its own.
 *
 * <p>The filter runs behind Spring Security's chain (order −100), so {@code free-for: authenticated} knows the callers; a path
 * that strangers may pay for must be permitted there. To run between authentication and authorization, switch the registration
 * off and add the filter to the chain before {@code AuthorizationFilter}.
 */
@AutoConfiguration(
        after = FareboxAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Farebox.class)
public final class PaymentFilterAutoConfiguration {
    /** Name of the filter's registration. */
    public static final String FILTER = "fareboxPaymentFilter";

    /** Behind Spring Security's chain, before everything that makes answers. */
    static final int ORDER = -90;

    /** Puts the filter before every path, for every kind of dispatch. */
    @Bean(FILTER)
    @ConditionalOnMissingBean(name = FILTER)
    FilterRegistrationBean<PaymentFilter> fareboxPaymentFilter(Farebox farebox) {
        var registration = new FilterRegistrationBean<>(new PaymentFilter(farebox.gate()));
        registration.setName(FILTER);
        registration.setOrder(ORDER);
        registration.setAsyncSupported(true);
        registration.addUrlPatterns("/*");
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
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
