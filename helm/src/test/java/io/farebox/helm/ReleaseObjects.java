package io.farebox.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The objects of a rendered release.
 *
 * @param text as Helm rendered it
 * @param objects in its order
 */
record ReleaseObjects(String text, List<HasMetadata> objects) {

    /** @throws AssertionError if an object has a field that its kind does not know, or a key twice */
    static ReleaseObjects read(String text) {
        LoadSettings strict =
                LoadSettings.builder().setAllowDuplicateKeys(false).build();
        List<HasMetadata> objects = new ArrayList<>();
        for (Object each : new Load(strict).loadAllFromString(text)) {
            if (each != null) objects.add(StrictModels.read((Map<?, ?>) each));
        }
        return new ReleaseObjects(text, List.copyOf(objects));
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends HasMetadata> T only(Class<T> kind, String name) {
        List<T> found = all(kind).stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .toList();
        if (found.size() != 1) throw new AssertionError(found.size() + " " + kind.getSimpleName() + " " + name);
        return found.getFirst();
    }

    /** The pods that the release would run, by the name of what makes them. */
    Map<String, PodSpec> pods() {
        Map<String, PodSpec> pods = new TreeMap<>();
        all(Deployment.class)
                .forEach(each -> pods.put(
                        each.getMetadata().getName(),
                        each.getSpec().getTemplate().getSpec()));
        all(Pod.class).forEach(each -> pods.put(each.getMetadata().getName(), each.getSpec()));
        return pods;
    }

    /** Every container, also the one that the injector adds to the pods of others. */
    List<Container> containers() {
        return Stream.concat(pods().values().stream().flatMap(pod -> pod.getContainers().stream()), injected().stream())
                .toList();
    }

    private Optional<Container> injected() {
        return all(ConfigMap.class).stream()
                .map(each -> each.getData().get("sidecar.json"))
                .filter(Objects::nonNull)
                .map(ReleaseObjects::container)
                .findFirst();
    }

    private static Container container(String json) {
        try {
            return StrictModels.read(new ObjectMapper().readTree(json).get("container"), Container.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The price list of the release. */
    String priceList() {
        return all(ConfigMap.class).stream()
                .map(each -> each.getData().get("farebox.yaml"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no price list"));
    }
}
