package io.farebox.app.inject;

import static io.farebox.app.inject.Injection.add;
import static io.farebox.app.inject.Injection.step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Puts Farebox before the API of a pod. A pod that has it already stays as it is, so asking twice changes nothing more. Thread-safe.
 */
final class PodInjection {
    static final String INJECTED = "farebox.io/injected";
    static final String PRICES = "farebox.io/config";
    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final SidecarTemplate template;
    private final PodCheck check;

    PodInjection(SidecarTemplate template) {
        this.template = template;
        this.check = new PodCheck(template);
    }

    Injection of(JsonNode pod) {
        JsonNode annotations = pod.path("metadata").path("annotations");
        if (has(pod, template.name()) && annotations.path(INJECTED).asString("").equals("true"))
            return new Injection.Nothing();
        String why = check.problem(pod);
        if (!why.isEmpty()) return new Injection.InDoubt(why);
        UpstreamPort port = UpstreamPort.of(pod);
        if (port.number() == 0) return new Injection.InDoubt(port.problem());
        if (template.ports().stream()
                .anyMatch(each -> each.path("containerPort").asInt(0) == port.number()))
            return new Injection.InDoubt("The API cannot listen on " + port.number() + ": Farebox does.");
        return new Injection.Patch(operations(pod, port.number()));
    }

    private static boolean has(JsonNode pod, String container) {
        return containers(pod).anyMatch(each -> SidecarTemplate.name(each).equals(container));
    }

    static Stream<JsonNode> containers(JsonNode pod) {
        return pod.path("spec").path("containers").valueStream();
    }

    private List<Map<String, Object>> operations(JsonNode pod, int port) {
        List<Map<String, Object>> operations = new ArrayList<>();
        JsonNode annotations = pod.path("metadata").path("annotations");
        annotate(annotations, pod, operations);
        operations.add(add("/spec/containers/-", template.containerBefore(port)));
        boolean hasVolumes = pod.path("spec").path("volumes").isArray();
        if (!hasVolumes) operations.add(add("/spec/volumes", List.of()));
        template.volumesWith(annotations.path(PRICES).asString(""))
                .forEach(each -> operations.add(add("/spec/volumes/-", each)));
        if (pod.path("spec").path("terminationGracePeriodSeconds").asLong(30) < template.graceSeconds())
            operations.add(add("/spec/terminationGracePeriodSeconds", template.graceSeconds()));
        return operations;
    }

    private void annotate(JsonNode there, JsonNode pod, List<Map<String, Object>> operations) {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put(INJECTED, "true");
        // So that logs and exec mean the API's own container as before.
        String first = containers(pod).map(SidecarTemplate::name).findFirst().orElse("");
        if (!there.has(DEFAULT_CONTAINER)) marks.put(DEFAULT_CONTAINER, first);
        template.annotations()
                .propertyStream()
                .forEach(each -> marks.put(each.getKey(), each.getValue().asString("")));
        if (!there.isObject()) operations.add(add("/metadata/annotations", Map.of()));
        marks.forEach((name, value) -> operations.add(add("/metadata/annotations/" + step(name), value)));
    }
}
