package io.farebox.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.farebox.pricing.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything the chart can render is what Kubernetes and the gateway read. */
class RenderTest {
    /** What variables of a Secret may hold, by their names. */
    private static final Map<String, String> SECRETS = Map.of(
            "BASE_RPC", "https://node.example.com/v2/key",
            "FAREBOX_UPSTREAM_PORT", "8080");

    static List<Path> valueFiles() {
        return Chart.valueFiles();
    }

    @Test
    void valueFiles_areMany() {
        assertThat(valueFiles()).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void chart_isLintedStrictly() {
        assertThat(Chart.lint().isFailed())
                .as(Chart.lint().getMessages().toString())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("valueFiles")
    void objects_areReadStrictly(Path values) {
        ReleaseObjects release = Chart.render(values);
        assertThat(release.objects()).isNotEmpty();
        assertThat(release.objects().stream().map(RenderTest::identity)).doesNotHaveDuplicates();
        assertThat(release.objects()).allSatisfy(each -> {
            assertThat(each.getMetadata().getName()).hasSizeLessThanOrEqualTo(63);
            assertThat(each.getMetadata().getLabels()).containsKeys("app.kubernetes.io/name", "helm.sh/chart");
        });
    }

    private static String identity(HasMetadata each) {
        return each.getKind() + "/" + each.getMetadata().getName();
    }

    @ParameterizedTest
    @MethodSource("valueFiles")
    void priceList_isWhatTheGatewayReads(Path values) {
        String prices = Chart.render(values).priceList();
        ConfigReader reader = new ConfigReader(name -> SECRETS.getOrDefault(name, "a-secret-of-24-characters-" + name));
        assertThatCode(() -> reader.readYaml("farebox.yaml", prices)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("valueFiles")
    void selectors_findTheirPods(Path values) {
        for (Deployment each : Chart.render(values).all(Deployment.class)) {
            assertThat(each.getSpec().getTemplate().getMetadata().getLabels())
                    .containsAllEntriesOf(each.getSpec().getSelector().getMatchLabels());
        }
    }

    /** A misspelled field must not pass: shown on one that fabric8 itself would take. */
    @Test
    void unknownField_isRefused() {
        String text = Chart.text(Chart.values("proxy-h2"));
        assertThat(text).contains("readOnlyRootFilesystem");
        assertThatCode(() -> ReleaseObjects.read(text.replace("readOnlyRootFilesystem", "readOnlyRootFileSystem")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("readOnlyRootFileSystem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy-h2",
                "proxy-postgres-redis",
                "proxy-autoscaling-paid",
                "proxy-closed-upstream",
                "proxy-httproute",
                "proxy-ingress-tls",
                "proxy-operators",
                "proxy-service-monitor",
                "sidecar-cert-manager",
                "sidecar-library"
            })
    void release_isAsItWas(String name) throws IOException {
        String rendered = Chart.text(Chart.values(name));
        Path golden = Path.of("src/test/resources/golden", name + ".yaml");
        Path now = Path.of("target/golden", name + ".yaml");
        Files.createDirectories(now.getParent());
        Files.writeString(now, rendered);
        assertThat(golden)
                .as("look at target/golden and copy it to src/test/resources")
                .exists();
        assertThat(inOrder(rendered)).isEqualTo(inOrder(Files.readString(golden)));
    }

    /** Helm does not promise an order of its files. */
    private static List<String> inOrder(String rendered) {
        return Pattern.compile("(?m)^---\n").splitAsStream(rendered).sorted().toList();
    }
}
