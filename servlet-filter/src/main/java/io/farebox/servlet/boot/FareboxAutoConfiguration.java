package io.farebox.servlet.boot;

import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import io.farebox.pricing.ConfigReader;
import io.farebox.servlet.PaymentFilter;
import io.farebox.settlement.Farebox;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * Prices the endpoints of a servlet application that has a {@code farebox} configuration: the tree itself in its Environment
 * ({@code application.yml}, profiles, configuration trees), or {@code farebox.config} with the path of a file. Without either,
 * nothing happens.
 *
 * <p>Two beans come in, and each stays out if the application has its own: the {@link Farebox}, and the registration of the
 * filter under the name {@value #FILTER}. {@link GateListener} beans of the application hear of everything.
 *
 * <p>The filter runs behind Spring Security's chain (order −100), so {@code free-for: authenticated} knows the callers; a path
 * that strangers may pay for must be permitted there. To run between authentication and authorization, switch the registration
 * off and add the filter to the chain before {@code AuthorizationFilter}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(FareboxConfigured.class)
public final class FareboxAutoConfiguration {
    private static final System.Logger LOG = System.getLogger(FareboxAutoConfiguration.class.getName());

    /** Name of the filter's registration. */
    public static final String FILTER = "fareboxPaymentFilter";

    /** Behind Spring Security's chain, before everything that makes answers. */
    static final int ORDER = -90;

    /** Opens what the Environment describes; closed with the application. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Farebox farebox(Environment environment, ObjectProvider<GateListener> listeners) {
        GateListener all = all(listeners.orderedStream().toList());
        ConfigReader reader = ConfigReader.ofProcess();
        String file = environment.getProperty(FareboxTree.FILE);
        if (file != null) {
            warnOfIgnored(environment, file);
            return Farebox.open(reader.readFile(Path.of(file)), all);
        }
        return Farebox.open(reader.readMap("farebox in the Environment", FareboxTree.of(environment)), all);
    }

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

    private static void warnOfIgnored(Environment environment, String file) {
        Set<String> ignored = new TreeSet<>(FareboxTree.of(environment).keySet());
        ignored.remove("config");
        if (ignored.isEmpty()) return;
        LOG.log(
                System.Logger.Level.WARNING,
                "farebox.config names {0}, so these keys below farebox in the Environment do nothing: {1}",
                file,
                String.join(", ", ignored));
    }

    private static GateListener all(List<GateListener> listeners) {
        return switch (listeners.size()) {
            case 0 -> GateListener.none();
            case 1 -> listeners.getFirst();
            default -> (GateEvent event) -> listeners.forEach(listener -> listener.on(event));
        };
    }
}
