package io.farebox.settlement.boot;

import io.farebox.pricing.ConfigReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What stands below {@code farebox} in the Environment. A variable of the process may override a key, as Spring has it; one that
 * is no key is somebody's own, such as the {@code FAREBOX_KEY} that a placeholder names, and does not count.
 */
final class FareboxTree {
    static final String PREFIX = "farebox";
    static final String FILE = "farebox.config";

    private static final String VARIABLE = "FAREBOX_";

    private FareboxTree() {}

    /** The tree; empty if nothing is configured. */
    static Map<String, Object> of(Environment environment) {
        Map<String, Object> all = new HashMap<>(Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of()));
        all.entrySet()
                .removeIf(
                        entry -> isOthers(entry.getKey(), entry.getValue()) && isVariable(environment, entry.getKey()));
        return all;
    }

    /** The commands take their credential from FAREBOX_ADMIN, which says nothing about the section admin. */
    private static boolean isOthers(String key, Object value) {
        return !ConfigReader.isKey(key) || (key.equals("admin") && value instanceof String);
    }

    private static boolean isVariable(Environment environment, String key) {
        if (!(environment instanceof ConfigurableEnvironment configurable)) return false;
        PropertySource<?> process =
                configurable.getPropertySources().get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        if (!(process instanceof MapPropertySource variables)) return false;
        String start = VARIABLE + key.toUpperCase(Locale.ROOT).replace("-", "");
        for (String name : variables.getPropertyNames()) {
            String upper = name.toUpperCase(Locale.ROOT);
            if (upper.equals(start) || upper.startsWith(start + "_")) return true;
        }
        return false;
    }
}
