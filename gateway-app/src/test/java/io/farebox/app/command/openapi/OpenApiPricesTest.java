package io.farebox.app.command.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.RouteConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiPricesTest {
    @TempDir
    private Path folder;

    @Test
    void yaml30_routeForEveryOperation() {
        OpenApiPrices prices = Specs.prices(Specs.sample("shelter.yaml"));
        assertThat(listing(prices))
                .containsExactly(
                        "listAnimals GET /v1/animals priced",
                        "admit-animal POST /v1/animals priced",
                        "options-animals OPTIONS /v1/animals free",
                        "listAnimals-2 GET /v1/animals/{animalId} priced",
                        "get-animals-animalId-photos-photo.name GET /v1/animals/{animalId}/photos/{photo_name} priced",
                        "get-health GET /v1/health free");
        assertThat(prices.summary()).isEqualTo("6 routes, 2 of them free");
    }

    @Test
    void yaml30_textsComeAlong() {
        OpenApiPrices prices = Specs.prices(Specs.sample("shelter.yaml"));
        assertThat(Specs.config(prices).routes().stream().map(RouteConfig::description))
                .containsExactly(
                        "Every animal that waits for a home",
                        "Takes an animal in.",
                        "",
                        "One animal, \"by its number\" \\ chip",
                        "A photo",
                        "");
        assertThat(prices.text())
                .contains("# From an OpenAPI document: Animal shelter 1.4.0\n")
                .contains("  # A price may depend on the query: kind (cat, dog, hare)\n  - id: \"listAnimals\"\n")
                .contains("  # Deprecated, says the document.\n  - id: \"listAnimals-2\"\n")
                .contains(
                        "  # Looks like nothing that anybody would pay for. If it is, write a price instead of free.\n"
                                + "  - id: \"get-health\"\n");
    }

    @Test
    void json31_localReferencesAreFollowed_othersAreTold() {
        OpenApiPrices prices = Specs.prices(Specs.sample("library.json"));
        assertThat(listing(prices))
                .containsExactly(
                        "books GET /api/books priced",
                        "book GET /api/books/{isbn} priced",
                        "book-2 DELETE /api/books/{isbn} priced",
                        "health GET /api/healthz free",
                        "internal GET /internal priced");
        assertThat(prices.text())
                .contains("# Left out, because it is described elsewhere and only this document is read: /members")
                .contains("# Left out, because it is described elsewhere and only this document is read: /loops")
                .contains("# The document names other base paths too, which have no prices here: /legacy\n");
        assertThat(prices.summary()).contains("something is left out");
    }

    @Test
    void whatNoRouteSpeaksOf_isRefused() {
        assertThat(Specs.config(Specs.prices(Specs.sample("shelter.yaml"))).unmatched())
                .isEqualTo(FareboxConfig.Unmatched.REFUSE);
    }

    @Test
    void oddTemplates_areWrittenWiderOrLeftOutWithTheReason() {
        OpenApiPrices prices = Specs.prices(Specs.sample("odd.yaml"));
        assertThat(prices.text())
                .contains("  # The document says GET /reports/{id}.json, which no route can say; this one takes more.\n"
                        + "  - id: \"report-drop\"\n    match: \"GET /reports/{id}\"\n")
                .contains(
                        "  # Left out: GET /reports/{id}.xml (reportXml): the match \"GET /reports/{id}\" matches the same"
                                + " requests as the route report-drop.\n")
                .contains("  # Left out: TRACE / (trace): the match \"TRACE /\" begins with a method we do not know.\n")
                .contains("  # Left out: QUERY / (query)");
        assertThat(listing(prices))
                .contains(
                        "cancel POST /jobs/{id} priced",
                        "batch POST /jobs:batch priced",
                        "file GET /files/** priced",
                        "proxy GET /proxy/** priced",
                        "cafe GET /café/{_1st} priced",
                        "get-nothing GET /nothing priced",
                        "notFree GET /orders/status/health priced",
                        "notFreeEither GET /health/{x} priced",
                        "free GET /actuator/health/liveness free");
    }

    /** Text of a document must neither end a comment nor reach into the gateway's environment, from where a 402 would tell it. */
    @Test
    void foreignText_staysText() {
        FareboxConfig config = Specs.config(Specs.prices(Specs.sample("odd.yaml")));
        assertThat(config.unmatched()).isEqualTo(FareboxConfig.Unmatched.REFUSE);
        assertThat(config.routes().getFirst().description()).isEqualTo("$ {SECRET} unmatched: pass # and a line end");
        assertThat(config.routes().getLast().description()).isEqualTo("😀 reversed");
    }

    @Test
    void basePath_whenGiven_standsBeforeEveryPath() {
        for (String given : List.of("/gate/v9", "gate/v9/", "/gate/v9/")) {
            OpenApiPrices prices = OpenApiPrices.read(Specs.sample("shelter.yaml"), "$0.01", given, Specs.head());
            assertThat(listing(prices)).contains("listAnimals GET /gate/v9/animals priced");
        }
        OpenApiPrices prices = OpenApiPrices.read(Specs.sample("library.json"), "$0.01", "/", Specs.head());
        assertThat(listing(prices)).contains("books GET /books priced");
        assertThat(prices.text()).doesNotContain("/legacy");
    }

    @Test
    void manyOperations_stillMakeAFileThatIsRead() {
        OpenApiPrices prices = Specs.prices(folder, operations(5_000));
        assertThat(Specs.config(prices).routes()).hasSize(5_000);
    }

    private static String operations(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  /things" + i + "/{id}: { get: { operationId: thing" + i + " } }\n")
                .collect(Collectors.joining("", "openapi: 3.0.0\npaths:\n", ""));
    }

    @Test
    void moreOperationsThanAFileHolds_areRefusedWithWhatToDo() {
        for (int count : List.of(15_000, 25_000)) {
            String spec = operations(count);
            assertThatThrownBy(() -> Specs.prices(folder, spec))
                    .isInstanceOf(SpecException.class)
                    .hasMessageContaining("operations")
                    .hasMessageContaining("a route for each prefix");
        }
    }

    private static List<String> listing(OpenApiPrices prices) {
        return Specs.config(prices).routes().stream()
                .map(route -> route.id() + " " + route.match() + (route.prices() == null ? " free" : " priced"))
                .toList();
    }
}
