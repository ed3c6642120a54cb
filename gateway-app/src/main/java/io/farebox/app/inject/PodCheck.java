package io.farebox.app.inject;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Whether a pod would still work with Farebox in it. Thread-safe. */
final class PodCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

    private final SidecarTemplate template;

    PodCheck(SidecarTemplate template) {
        this.template = template;
    }

    /** Why it would not, and what to do; empty if it would. */
    String problem(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        if (!spec.path("containers").isArray()) return "The pod has no containers.";
        if (spec.path("hostNetwork").asBoolean(false))
            return "The pod has hostNetwork: its ports are those of the node, and several pods would want the same."
                    + " Take hostNetwork or the label farebox.io/inject away.";
        if (spec.path("os").path("name").asString("linux").equals("windows"))
            return "The pod runs on Windows, and Farebox's image does not. Take the label farebox.io/inject away.";
        if (wouldBeRoot(spec))
            return "The pod runs as user 0, and Farebox refuses to. Set podSecurity.runAsUser in the chart's values.";
        String prices = pod.path("metadata")
                .path("annotations")
                .path(PodInjection.PRICES)
                .asString("");
        if (!prices.isEmpty() && !NAME.matcher(prices).matches())
            return "The annotation " + PodInjection.PRICES + " is no name of a ConfigMap.";
        return collisionIn(spec);
    }

    private boolean wouldBeRoot(JsonNode spec) {
        return spec.path("securityContext").path("runAsUser").asLong(-1) == 0
                && !template.container().path("securityContext").has("runAsUser");
    }

    private String collisionIn(JsonNode spec) {
        if (names(all(spec)).contains(template.name()))
            return "The pod has a container " + template.name()
                    + " that was not injected. Rename it, or take the label away.";
        Set<String> volumes = names(template.volumes().stream());
        for (String each : names(spec.path("volumes").valueStream()))
            if (volumes.contains(each)) return "The pod has a volume " + each + ", as Farebox does. Rename it.";
        return all(spec)
                .flatMap(each -> SidecarTemplate.ports(each).stream())
                .map(this::collision)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String collision(JsonNode port) {
        int number = port.path("containerPort").asInt(0);
        String name = SidecarTemplate.name(port);
        for (JsonNode each : template.ports()) {
            if (each.path("containerPort").asInt(0) == number)
                return "The pod uses port " + number + ", as Farebox does. Let the API listen on another one.";
            if (SidecarTemplate.name(each).equals(name))
                return "The pod has a port with the name " + name + ", as Farebox does. Rename it.";
        }
        return "";
    }

    /** Those that run beside one another; what only initialises is over by then, but its names count too. */
    private static Stream<JsonNode> all(JsonNode spec) {
        return Stream.of("containers", "initContainers")
                .flatMap(kind -> spec.path(kind).valueStream());
    }

    private static Set<String> names(Stream<JsonNode> named) {
        return named.map(SidecarTemplate::name).collect(Collectors.toSet());
    }
}
