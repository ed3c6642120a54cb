package io.farebox.app.inject;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Where the API of a pod listens: as its annotation says, else its only port.
 *
 * @param number 0 if it cannot be told
 * @param problem then why; else empty
 */
record UpstreamPort(int number, String problem) {
    static final String ANNOTATION = "farebox.io/port";

    static UpstreamPort of(JsonNode pod) {
        JsonNode said = pod.path("metadata").path("annotations").path(ANNOTATION);
        if (!said.isMissingNode()) return said(said.asString(""));
        List<Integer> ports = PodInjection.containers(pod)
                .flatMap(each -> SidecarTemplate.ports(each).stream())
                .filter(each -> each.path("protocol").asString("TCP").equals("TCP"))
                .map(each -> each.path("containerPort").asInt(0))
                .distinct()
                .toList();
        return ports.size() == 1 && isPort(ports.getFirst())
                ? new UpstreamPort(ports.getFirst(), "")
                : unknown(ports.size() + " ports are named in the pod");
    }

    private static UpstreamPort said(String text) {
        boolean digits =
                !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(each -> each >= '0' && each <= '9');
        int number = digits ? Integer.parseInt(text) : 0;
        return isPort(number) ? new UpstreamPort(number, "") : unknown("the annotation " + ANNOTATION + " is no port");
    }

    private static boolean isPort(int number) {
        return number > 0 && number < 65_536;
    }

    private static UpstreamPort unknown(String why) {
        return new UpstreamPort(
                0,
                "It is not clear where the API listens: " + why + ". Annotate the pod: " + ANNOTATION + ": \"8080\"");
    }
}
