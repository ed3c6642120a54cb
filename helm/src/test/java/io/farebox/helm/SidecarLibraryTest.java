package io.farebox.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chart of somebody else's that includes the sidecar. */
class SidecarLibraryTest {
    @TempDir
    private Path folder;

    private Path shop;

    @BeforeEach
    void vendor() throws IOException {
        shop = folder.resolve("shop");
        Chart.copy(Path.of("src/test/resources/shop"), shop);
        Chart.copy(Chart.FOLDER, shop.resolve("charts/farebox"));
    }

    @Test
    void deployment_getsTheContainerAndTheServiceLeadsToIt() throws IOException {
        ReleaseObjects release = ReleaseObjects.read(Chart.of(shop, values("{}")));
        PodSpec pod = release.pods().get("api");
        assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("api", "farebox");
        Container sidecar = pod.getContainers().getLast();
        assertThat(sidecar.getEnv())
                .anySatisfy(
                        each -> assertThat(each.getName() + each.getValue()).isEqualTo("FAREBOX_UPSTREAM_PORT8080"));
        assertThat(sidecar.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(pod.getVolumes())
                .extracting(Volume::getName)
                .containsExactlyElementsOf(sidecar.getVolumeMounts().stream()
                        .map(VolumeMount::getName)
                        .toList());
        assertThat(release.only(Service.class, "api")
                        .getSpec()
                        .getPorts()
                        .getFirst()
                        .getTargetPort()
                        .getStrVal())
                .isEqualTo("farebox");
        assertThat(release.priceList()).contains("http://127.0.0.1:${FAREBOX_UPSTREAM_PORT}");
    }

    @Test
    void wrongValues_areToldThroughTheOtherChart() throws IOException {
        Path none = values("farebox: { sidecar: { upstreamPort: null } }");
        Path proxy = values("farebox: { shape: proxy }");
        assertThatThrownBy(() -> Chart.of(shop, none)).hasMessageContaining("sidecar.upstreamPort is missing");
        assertThatThrownBy(() -> Chart.of(shop, proxy)).hasMessageContaining("shape: sidecar");
    }

    private Path values(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "values", ".yaml"), text);
    }

    /** The condition of a dependency is the chart's own value, so it must be allowed there. */
    @Test
    void keysThatHelmHandsDown_areAllowed() throws IOException {
        Path values = values("{ global: { team: a }, farebox: { enabled: true } }");
        assertThat(List.of(Chart.of(shop, values))).isNotEmpty();
    }
}
