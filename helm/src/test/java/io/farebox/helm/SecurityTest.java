package io.farebox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pod of every release is held to: the level {@code restricted} of pod security, and a little more. */
class SecurityTest {
    static List<Path> valueFiles() {
        return Chart.valueFiles();
    }

    @ParameterizedTest
    @MethodSource("valueFiles")
    void containers_mayDoNothingTheyNeedNot(Path values) {
        ReleaseObjects release = Chart.render(values);
        for (Container each : release.containers()) {
            SecurityContext security = each.getSecurityContext();
            assertThat(security.getRunAsNonRoot()).isTrue();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getPrivileged()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isNullOrEmpty();
            assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(each.getResources().getLimits()).containsKeys("cpu", "memory");
            assertThat(each.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(each.getPorts())
                    .allSatisfy(port -> assertThat(port.getHostPort()).isNull());
            assertThat((Object) security.getRunAsUser()).isNotEqualTo(0L);
        }
    }

    @ParameterizedTest
    @MethodSource("valueFiles")
    void pods_seeNothingOfTheirNodeOrCluster(Path values) {
        for (PodSpec each : Chart.render(values).pods().values()) {
            assertThat(each.getAutomountServiceAccountToken()).isFalse();
            assertThat(each.getHostNetwork()).isNull();
            assertThat(each.getHostPID()).isNull();
            assertThat(each.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(each.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(each.getVolumes())
                    .allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
        }
    }

    /** The environment has secrets by reference, the price list by the name of a variable. */
    @ParameterizedTest
    @MethodSource("valueFiles")
    void secrets_standNowhere(Path values) throws Exception {
        ReleaseObjects release = Chart.render(values);
        String written = Files.readString(values);
        for (Container container : release.containers()) {
            container.getEnv().stream()
                    .filter(each -> written.contains(each.getName() + ": { secret:"))
                    .forEach(each -> assertThat(each.getValueFrom().getSecretKeyRef())
                            .as(each.getName())
                            .isNotNull());
        }
        assertThat(release.all(ConfigMap.class))
                .allSatisfy(each -> assertThat(String.join("\n", each.getData().values()))
                        .doesNotContain("PRIVATE KEY")
                        .doesNotContainPattern("password=[^$]"));
    }
}
