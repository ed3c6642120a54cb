package io.farebox.app.inject;

import static io.farebox.app.inject.Injection.add;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Sends what a Service takes to Farebox in its pods. Ports that lead to the same place change together: one that was left would be a
 * way past the price. Thread-safe.
 */
final class ServiceInjection {
    static final String ANNOTATION = "farebox.io/service-port";
    private static final String TARGET = "farebox";

    Injection of(JsonNode service) {
        JsonNode spec = service.path("spec");
        if (spec.path("type").asString("").equals("ExternalName"))
            return new Injection.InDoubt("The Service only names another host. Take the label farebox.io/inject away.");
        List<JsonNode> ports = List.copyOf(spec.path("ports").values());
        String said =
                service.path("metadata").path("annotations").path(ANNOTATION).asString("");
        List<String> targets = ports.stream()
                .filter(ServiceInjection::isTcp)
                .filter(each -> said.isEmpty() || isNamed(each, said))
                .map(ServiceInjection::target)
                .distinct()
                .toList();
        return switch (targets.size()) {
            case 0 -> new Injection.InDoubt("The Service has no such port. Annotate it: " + ANNOTATION + ": \"80\"");
            case 1 -> changing(ports, targets.getFirst());
            default ->
                unpriced(targets)
                        ? new Injection.InDoubt("The ports of the Service lead to different places. Say which one is"
                                + " priced: " + ANNOTATION + ": \"80\"")
                        : new Injection.Nothing();
        };
    }

    /** Once the priced port has changed it differs from the others; then nobody need be asked again. */
    private static boolean unpriced(List<String> targets) {
        return !targets.contains(TARGET);
    }

    private static Injection changing(List<JsonNode> ports, String target) {
        if (target.equals(TARGET)) return new Injection.Nothing();
        List<Map<String, Object>> operations = new ArrayList<>();
        IntStream.range(0, ports.size())
                .filter(at -> isTcp(ports.get(at)) && target(ports.get(at)).equals(target))
                .forEach(at -> operations.add(add("/spec/ports/" + at + "/targetPort", TARGET)));
        return new Injection.Patch(operations);
    }

    private static boolean isTcp(JsonNode port) {
        return port.path("protocol").asString("TCP").equals("TCP");
    }

    private static boolean isNamed(JsonNode port, String said) {
        return port.path("port").asString("").equals(said)
                || SidecarTemplate.name(port).equals(said);
    }

    private static String target(JsonNode port) {
        JsonNode target = port.path("targetPort");
        return (target.isMissingNode() ? port.path("port") : target).asString("");
    }
}
