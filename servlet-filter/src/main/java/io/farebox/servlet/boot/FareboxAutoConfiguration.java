package io.farebox.servlet.boot;

import io.farebox.gate.GateListener;
import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FareboxConfig;
import io.farebox.servlet.PaymentFilter;
import io.farebox.settlement.Farebox;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * Puts the payment filter in front of a servlet application that has a {@code farebox} configuration: the tree itself in the
 * Environment, or {@code farebox.config}, the path of a file that holds it. Without either nothing is added.
 *
 * <p>A bean of type {@link GateListener} hears the gate's events. With Spring Security the filter runs after its chain, so
 * that {@code free-for: authenticated} sees who is known.
 */
@AutoConfiguration
@ConditionalOnClass(Filter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(OnFareboxConfiguration.class)
public class FareboxAutoConfiguration {
    /** Just after Spring Security's chain, which has -100. */
    static final int ORDER = -90;

    private static final String PREFIX = "farebox";

    /** The running Farebox; it ends with the application. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Farebox farebox(Environment environment, ObjectProvider<GateListener> listener) {
        return Farebox.open(config(environment), listener.getIfAvailable(GateListener::none));
    }

    /** The filter, for every request and every kind of dispatch. */
    @Bean
    @ConditionalOnMissingBean(name = "fareboxPaymentFilter")
    FilterRegistrationBean<PaymentFilter> fareboxPaymentFilter(Farebox farebox) {
        var registration = new FilterRegistrationBean<>(new PaymentFilter(farebox.gate()));
        registration.setName("fareboxPaymentFilter");
        registration.setOrder(ORDER);
        registration.setAsyncSupported(true);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }

    private static FareboxConfig config(Environment environment) {
        var reader = new ConfigReader(environment::getProperty);
        String file = environment.getProperty(OnFareboxConfiguration.FILE);
        if (file != null) return reader.readFile(Path.of(file));
        Map<String, Object> tree = Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        return reader.readMap("farebox in the Environment", tree);
    }
}
