package io.farebox.helm;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The volumes of a pod below a folder, filled as a node would fill them. */
final class MountedFiles {
    private final Path root;
    private final ReleaseObjects release;
    private final Map<String, Map<String, String>> secrets = new HashMap<>();

    /** @param others Secrets that are not the release's own, by name and key */
    MountedFiles(Path root, ReleaseObjects release, Map<String, Map<String, String>> others) throws IOException {
        this.root = Files.createDirectories(root);
        this.release = release;
        for (Secret each : release.all(Secret.class)) {
            Map<String, String> data = new HashMap<>();
            each.getData().forEach((key, value) -> data.put(key, decoded(value)));
            secrets.put(each.getMetadata().getName(), data);
        }
        secrets.putAll(others);
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    MountedFiles mount(Container container, List<Volume> volumes) throws IOException {
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = volumes.stream()
                    .filter(each -> each.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no volume " + mount.getName()));
            Path folder = Files.createDirectories(at(mount.getMountPath()));
            for (Map.Entry<String, String> each : content(volume).entrySet())
                Files.writeString(folder.resolve(each.getKey()), each.getValue());
        }
        return this;
    }

    private Map<String, String> content(Volume volume) {
        if (volume.getConfigMap() != null) {
            Map<String, String> files = new HashMap<>();
            release.only(ConfigMap.class, volume.getConfigMap().getName())
                    .getData()
                    .forEach((name, text) -> files.put(
                            name,
                            text.replace(
                                    "/var/lib/farebox", at("/var/lib/farebox").toString())));
            return files;
        }
        if (volume.getSecret() == null) return Map.of();
        Map<String, String> files = new HashMap<>();
        volume.getSecret()
                .getItems()
                .forEach(each ->
                        files.put(each.getPath(), secret(volume.getSecret().getSecretName(), each.getKey())));
        return files;
    }

    String secret(String name, String key) {
        String value = secrets.getOrDefault(name, Map.of()).get(key);
        if (value == null) throw new AssertionError("no Secret " + name + " with " + key);
        return value;
    }

    Path root() {
        return root;
    }

    /** Where a path of the container is on this machine. */
    Path at(String path) {
        return root.resolve(path.substring(1)).toAbsolutePath();
    }

    /** An argument such as {@code --key=/etc/x}. */
    String inText(String argument) {
        int path = argument.indexOf("=/");
        return argument.contains("://") || path < 0
                ? argument
                : argument.substring(0, path + 1) + at(argument.substring(path + 1));
    }
}
