package io.farebox.settlement.boot;

import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import io.farebox.pricing.ConfigReader;
import io.farebox.settlement.Farebox;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * Opens the Farebox of an application that has a {@code farebox} configuration: the tree itself in its Environment
 * ({@code application.yml}, profiles, configuration trees), or {@code farebox.config} with the path of a file. Without either,
 * nothing happens. It stays out if the application has a {@link Farebox} of its own. {@link GateListener} beans of the
 * application hear of everything.
 */
@AutoConfiguration
@ConditionalOnWebApplication
@Conditional(FareboxConfigured.class)
public final class FareboxAutoConfiguration {
    private static final System.Logger LOG = System.getLogger(FareboxAutoConfiguration.class.getName());

    /** Opens what the Environment describes; closed with the application. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Farebox farebox(Environment environment, ObjectProvider<GateListener> listeners) {
        GateListener all = all(listeners.orderedStream().toList());
        String file = environment.getProperty(FareboxTree.FILE);
        if (file != null) {
            warnOfIgnored(environment, file);
            return Farebox.open(Path.of(file), all);
        }
        ConfigReader reader = ConfigReader.ofProcess();
        return Farebox.open(reader.readMap("farebox in the Environment", FareboxTree.of(environment)), all);
    }

    @Bean
    AdmissionStop fareboxAdmissionStop(Farebox farebox) {
        return new AdmissionStop(farebox);
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
