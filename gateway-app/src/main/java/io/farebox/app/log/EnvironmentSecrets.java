package io.farebox.app.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/** The values of variables and properties whose names say that they are secret. */
final class EnvironmentSecrets {
    private static final Pattern NAME = Pattern.compile(
            "password|passwd|secret|token|credential|mnemonic|(api|access|private)[-_.]?key|cdp[-_.]?(id|key)",
            Pattern.CASE_INSENSITIVE);

    private EnvironmentSecrets() {}

    static List<String> of(ConfigurableEnvironment environment) {
        List<String> secrets = new ArrayList<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (!(source instanceof EnumerablePropertySource<?> named)) continue;
            for (String name : named.getPropertyNames()) {
                Object value = NAME.matcher(name).find() ? named.getProperty(name) : null;
                if (value != null) secrets.add(value.toString());
            }
        }
        return secrets;
    }
}
