package io.farebox.app.inject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is added to a pod, as the chart writes it. Immutable: nodes are handed out as copies.
 *
 * @param container the container of Farebox, without the port of the API
 * @param volumes what it mounts; the first one is the price list
 * @param annotations what its pod is marked with
 * @param graceSeconds how long its pod has to end, at least
 */
public record SidecarTemplate(ObjectNode container, List<JsonNode> volumes, JsonNode annotations, long graceSeconds) {
    private static final String PRICES = "farebox-config";

    /**
     * Reads the file that the chart mounts.
     *
     * @throws InjectException if it cannot be used; the message says why
     */
    public static SidecarTemplate read(Path file) {
        try {
            JsonNode root = new JsonMapper().readTree(Files.readAllBytes(file));
            if (!(root.get("container") instanceof ObjectNode container)
                    || ports(container).isEmpty())
                throw new InjectException(file + " has no container with ports. Let the chart write it.");
            List<JsonNode> volumes = List.copyOf(root.path("volumes").values());
            if (volumes.stream().noneMatch(each -> PRICES.equals(name(each))))
                throw new InjectException(file + " has no volume " + PRICES + ". Let the chart write it.");
            return new SidecarTemplate(
                    container,
                    volumes,
                    root.path("annotations"),
                    root.path("graceSeconds").asLong(0));
        } catch (IOException e) {
            throw new InjectException("The template " + file + " cannot be read.");
        } catch (JacksonException e) {
            throw new InjectException("The template " + file + " is not JSON.");
        }
    }

    String name() {
        return name(container);
    }

    /** The container for an API that listens there. */
    ObjectNode containerBefore(int upstreamPort) {
        ObjectNode copy = container.deepCopy();
        copy.withArray("env")
                .addObject()
                .put("name", "FAREBOX_UPSTREAM_PORT")
                .put("value", Integer.toString(upstreamPort));
        return copy;
    }

    /** The volumes, with the price list of this name if there is one. */
    List<JsonNode> volumesWith(String prices) {
        List<JsonNode> copies = new ArrayList<>();
        for (JsonNode each : volumes) {
            JsonNode copy = each.deepCopy();
            if (!prices.isEmpty() && PRICES.equals(name(copy)) && copy.get("configMap") instanceof ObjectNode map)
                map.put("name", prices);
            copies.add(copy);
        }
        return copies;
    }

    /** The ports that the container listens on. */
    List<JsonNode> ports() {
        return ports(container);
    }

    static List<JsonNode> ports(JsonNode container) {
        return List.copyOf(container.path("ports").values());
    }

    static String name(JsonNode named) {
        return named.path("name").asString("");
    }
}
