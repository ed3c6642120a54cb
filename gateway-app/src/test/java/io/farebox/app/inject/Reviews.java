package io.farebox.app.inject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a cluster asks, and what it makes of the answers. */
final class Reviews {
    static final String TEMPLATE = """
            {"container":{"name":"farebox","image":"farebox-gateway:1","env":[{"name":"FAREBOX_CONFIG","value":"/etc/farebox/farebox.yaml"}],
              "ports":[{"name":"farebox","containerPort":8402},{"name":"farebox-mgmt","containerPort":9402}]},
             "volumes":[{"name":"farebox-config","configMap":{"name":"shop-farebox"}},{"name":"farebox-tmp","emptyDir":{}}],
             "annotations":{"farebox.io/restart-sum":"abc"},"graceSeconds":60}""";
    private static final JsonMapper JSON = new JsonMapper();

    private Reviews() {}

    static Admission admission(Path folder, boolean admitInDoubt) throws IOException {
        Path file = Files.writeString(folder.resolve("sidecar.json"), TEMPLATE);
        return new Admission(SidecarTemplate.read(file), admitInDoubt);
    }

    static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    /** A review of an object with the label, unless it is said otherwise. */
    static byte[] review(String resource, JsonNode object) {
        return """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"705ab4f5",
                 "resource":{"group":"","version":"v1","resource":"%s"},"namespace":"prod","operation":"CREATE","object":%s}}""".formatted(resource, object).getBytes(StandardCharsets.UTF_8);
    }

    static JsonNode response(Admission admission, String resource, JsonNode object) {
        JsonNode answer =
                JSON.readTree(admission.answer(review(resource, object)).body());
        JsonNode response = answer.get("response");
        if (!response.path("uid").asString("").equals("705ab4f5")) throw new AssertionError("another uid: " + answer);
        return response;
    }

    /** The object as the cluster would make it. */
    static JsonNode patched(JsonNode object, JsonNode response) {
        if (!response.has("patch")) return object;
        JsonNode patch =
                JSON.readTree(Base64.getDecoder().decode(response.get("patch").asString()));
        JsonNode copy = object.deepCopy();
        patch.forEach(each -> add(copy, each.get("path").asString(), each.get("value")));
        return copy;
    }

    /** Operations that add are all there are. */
    private static void add(JsonNode root, String path, JsonNode value) {
        int end = path.lastIndexOf('/');
        JsonNode parent = root.at(path.substring(0, end));
        String name = path.substring(end + 1).replace("~1", "/").replace("~0", "~");
        switch (parent) {
            case ObjectNode object -> object.set(name, value);
            case ArrayNode list when name.equals("-") -> list.add(value);
            default -> throw new AssertionError("there is nothing at " + path);
        }
    }
}
