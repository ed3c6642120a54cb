package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A 402 held against the files in {@code golden} ({@code -Dgolden.write=true} writes them) and the reference's schemas. */
record Golden(Response answer) {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int HEADER_LIMIT = 6 * 1024;

    JsonObject body() {
        return Json.readObject(answer.asByteArray());
    }

    JsonObject header() {
        return Base64Json.decode(answer.header("PAYMENT-REQUIRED"));
    }

    /** Body and decoded header are those of the files. */
    Golden is(String name) {
        compare(name + ".body.json", answer.asString());
        compare(name + ".header.json", Json.write(header().members()));
        return this;
    }

    private static void compare(String name, String json) {
        // Signed offers name the moment at which the price list was loaded.
        String lasting = json.replaceAll(",?\"fareboxOffer\":\"[^\"]*\"", "");
        String text = new JsonPath(lasting).prettify() + "\n";
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, text);
            }
            assertThat(text).as(name).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What clients of both versions can rely on, whatever is sold. */
    Golden isSound(int v1Entries, int v2Entries) {
        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.header("PAYMENT-REQUIRED")).hasSizeLessThan(HEADER_LIMIT);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        noNulls(body().members(), "body");
        noNulls(header().members(), "header");
        JsonObject verdict = reference();
        assertThat(verdict.object("v1").members())
                .as("%s", verdict)
                .containsEntry("ok", true)
                .containsEntry("entries", (long) v1Entries);
        assertThat(verdict.object("v2").members())
                .as("%s", verdict)
                .containsEntry("ok", true)
                .containsEntry("entries", (long) v2Entries);
        return this;
    }

    /** A facilitator could list it, from either version. */
    Golden isDiscoverable() {
        JsonObject verdict = reference();
        assertThat(verdict.object("v1").members().get("discoverable"))
                .isEqualTo(verdict.object("v1").members().get("entries"));
        assertThat(verdict.object("v2").members()).as("%s", verdict).containsEntry("discoverable", 1L);
        return this;
    }

    private JsonObject reference() {
        Map<String, Object> asSent = Map.of(
                "status",
                answer.statusCode(),
                "headers",
                Map.of("PAYMENT-REQUIRED", answer.headers().getValues("PAYMENT-REQUIRED")),
                "body",
                answer.asString());
        List<JsonObject> lines = Node.run("check-402.mjs", Map.of(), Json.write(asSent), PATIENCE);
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private static void noNulls(Object value, String where) {
        assertThat(value).as(where).isNotNull();
        if (value instanceof Map<?, ?> map) map.forEach((key, member) -> noNulls(member, where + "." + key));
        if (value instanceof List<?> list) list.forEach(item -> noNulls(item, where + "[]"));
    }
}
