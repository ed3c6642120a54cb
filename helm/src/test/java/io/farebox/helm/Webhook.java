package io.farebox.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/** Asks a webhook as the API server does: over TLS, believing only the release's own authority, for the Service's name. */
final class Webhook {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SSLContext trust;
    private final String host;
    private final String url;

    Webhook(MutatingWebhookConfiguration configuration, int port) throws Exception {
        WebhookClientConfig client = configuration.getWebhooks().getFirst().getClientConfig();
        host = client.getService().getName() + "." + client.getService().getNamespace() + ".svc";
        url = "https://127.0.0.1:" + port + client.getService().getPath();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Base64.getDecoder().decode(client.getCaBundle()))));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        trust = SSLContext.getInstance("TLS");
        trust.init(null, managers.getTrustManagers(), null);
    }

    /** The response of a review of this object. */
    JsonNode review(String resource, JsonNode object) throws IOException {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request");
        request.put("uid", "705ab4f5-6393-11e8-b7cc-42010a800002")
                .put("namespace", "prod")
                .put("operation", "CREATE");
        request.putObject("resource").put("group", "").put("version", "v1").put("resource", resource);
        request.set("object", object);
        HttpsURLConnection asked = (HttpsURLConnection) URI.create(url).toURL().openConnection();
        asked.setSSLSocketFactory(trust.getSocketFactory());
        asked.setHostnameVerifier((name, session) -> isFor(session));
        asked.setReadTimeout(60_000);
        asked.setDoOutput(true);
        asked.setRequestProperty("Content-Type", "application/json");
        asked.getOutputStream().write(JSON.writeValueAsBytes(review));
        try (InputStream in = asked.getInputStream()) {
            JsonNode answer = JSON.readTree(in);
            if (!answer.at("/response/uid").equals(request.get("uid"))) throw new AssertionError("another uid");
            return answer.get("response");
        }
    }

    private boolean isFor(SSLSession session) {
        try {
            X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
            return shown.getSubjectAlternativeNames().stream()
                    .anyMatch(each -> each.get(1).equals(host));
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            return false;
        }
    }

    /** The object as the API server would store it. */
    static JsonNode patched(JsonNode object, JsonNode response) throws IOException {
        if (!response.path("allowed").asBoolean()) throw new AssertionError("refused: " + response);
        return response.has("patch")
                ? JsonPatch.apply(JSON.readTree(response.get("patch").binaryValue()), object)
                : object;
    }
}
