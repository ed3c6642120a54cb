package io.farebox.app.inject;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what a cluster asks before it makes an object: {@code AdmissionReview} of {@code admission.k8s.io/v1}. Only objects with the
 * label {@code farebox.io/inject: "true"} are looked at. Thread-safe.
 */
public final class Admission {
    static final String LABEL = "farebox.io/inject";
    private static final int LONGEST_WARNING = 240;

    private final JsonMapper json = new JsonMapper();
    private final PodInjection pods;
    private final ServiceInjection services = new ServiceInjection();
    private final boolean admitInDoubt;

    /** @param admitInDoubt whether an object that cannot be changed is made as it is, with a warning, and not refused */
    public Admission(SidecarTemplate template, boolean admitInDoubt) {
        this.pods = new PodInjection(template);
        this.admitInDoubt = admitInDoubt;
    }

    /**
     * What was decided.
     *
     * @param body the answer, JSON
     * @param said for the log, one line without what a stranger wrote but names
     */
    record Answer(byte[] body, String said) {}

    /** @throws InjectException if it is no review */
    Answer answer(byte[] review) {
        try {
            JsonNode root = json.readTree(review);
            JsonNode request = root.path("request");
            String uid = request.path("uid").asString("");
            boolean known = root.path("apiVersion").asString("").equals("admission.k8s.io/v1");
            if (!known || uid.isEmpty())
                throw new InjectException("This is no AdmissionReview of admission.k8s.io/v1.");
            return answer(uid, request);
        } catch (JacksonException e) {
            throw new InjectException("This is no JSON.");
        }
    }

    private Answer answer(String uid, JsonNode request) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("uid", uid);
        String what = decide(request, response);
        byte[] body = json.writeValueAsBytes(
                Map.of("apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "response", response));
        return new Answer(body, what + " " + Names.of(request));
    }

    private String decide(JsonNode request, Map<String, Object> response) {
        return switch (injection(request)) {
            case Injection.Nothing nothing -> {
                response.put("allowed", true);
                yield "left as it is:";
            }
            case Injection.Patch(var operations) -> {
                response.put("allowed", true);
                response.put("patchType", "JSONPatch");
                response.put("patch", Base64.getEncoder().encodeToString(json.writeValueAsBytes(operations)));
                yield "changed:";
            }
            case Injection.InDoubt(String why) -> inDoubt(why, response);
        };
    }

    private String inDoubt(String why, Map<String, Object> response) {
        response.put("allowed", admitInDoubt);
        String said = "Farebox: " + why;
        if (admitInDoubt)
            response.put(
                    "warnings",
                    List.of(("Unpriced. " + said).substring(0, Math.min(LONGEST_WARNING, said.length() + 10))));
        else response.put("status", Map.of("code", 422, "reason", "Invalid", "message", said));
        return (admitInDoubt ? "made without a price (" : "refused (") + why + "):";
    }

    private Injection injection(JsonNode request) {
        JsonNode object = request.path("object");
        boolean wanted =
                object.path("metadata").path("labels").path(LABEL).asString("").equals("true");
        if (!wanted || !request.path("subResource").asString("").isEmpty()) return new Injection.Nothing();
        return switch (request.path("resource").path("resource").asString("")) {
            case "pods" -> pods.of(object);
            case "services" -> services.of(object);
            default -> new Injection.Nothing();
        };
    }
}
