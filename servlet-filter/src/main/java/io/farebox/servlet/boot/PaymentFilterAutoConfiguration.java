package io.farebox.servlet.boot;

import io.farebox.servlet.PaymentFilter;
import io.farebox.settlement.Farebox;
import io.farebox.settlement.boot.FareboxAutoConfiguration;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Prices the endpoints of a servlet application that has a {@link Farebox}, by the filter's registration under the name
 * {@value #FILTER}; it stays out if the application has its own.
 *
 * <p>The filter runs behind Spring Security's chain (order −100), so {@code free-for: authenticated} knows the callers; a path
 * that strangers may pay for must be permitted there. To run between authentication and authorization, switch the registration
 * off and add the filter to the chain before {@code AuthorizationFilter}.
 */
@AutoConfiguration(after = FareboxAutoConfiguration.class)
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
}
