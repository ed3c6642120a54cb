package io.farebox.settlement.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class FareboxTreeTest {
    private static Environment environment(Map<String, Object> variables, Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment.getPropertySources().addLast(new MapPropertySource("application.yml", properties));
        return environment;
    }

    @Test
    void variables_ofOthers_doNotCount() {
        assertThat(FareboxTree.of(environment(Map.of("FAREBOX_VIEWER", "x", "FAREBOX_JAVA", "java"), Map.of())))
                .isEmpty();
    }

    /** It is the credential of the commands, which may run where the gateway does. */
    @Test
    void credentialOfTheCommands_isNoConfiguration() {
        var tree = FareboxTree.of(environment(Map.of("FAREBOX_ADMIN", "x"), Map.of("farebox.mode", "off")));
        assertThat(tree).containsOnlyKeys("mode");
        assertThat(FareboxTree.of(environment(Map.of(), Map.of("farebox.admin", "x"))))
                .containsKey("admin");
    }

    @Test
    void variables_thatAreKeys_override() {
        var tree = FareboxTree.of(environment(Map.of("FAREBOX_MODE", "observe"), Map.of("farebox.mode", "enforce")));
        assertThat(tree).containsExactly(Map.entry("mode", "observe"));
    }

    @Test
    void properties_thatAreNoKeys_stayToBeReported() {
        assertThat(FareboxTree.of(environment(Map.of(), Map.of("farebox.prize", "x"))))
                .containsKey("prize");
    }
}
