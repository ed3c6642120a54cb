package io.farebox.app.command.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.GateRequest;
import io.farebox.gate.Pricing;
import io.farebox.pricing.PriceBook;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchPathTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "/,/,true",
        "/a/b,/a/b,true",
        "/a/{b}/c/{d},/a/{b}/c/{d},true",
        "/a/,/a,true",
        "/a/{b-c}/{d_e}/{f.g},/a/{b-c}/{d_e}/{f_g},true",
        "/a/{b}/{b},/a/{b}/{b2},true",
        "/a/*/b,/a/*/b,true",
        "/a/{rest*},/a/**,true",
        "/a/{+rest},/a/**,true",
        "/a:b,/a:b,true",
        "/a%20b/c,/{segment}/c,false",
        "/caf%C3%A9,/café,true",
        "/a/{b}.json,/a/{b},false",
        "/a/v{b}/c,/a/{b}/c,false",
        "/a/{b}{c},/a/{b},false",
        "/a/:b,/a/{segment},false",
        "/a/{rest+}/b,/a/**,false",
        "/a/**/b,/a/**,false",
        "/a%2Fb,/{segment},false",
        "/../a,/{segment}/a,false",
        "/a/{},/a/{segment},false",
        "/a/{b,/a/{segment},false",
        "/a?b={c},/a,false",
        "/a{?b},/a,false",
        "/a#b,/a,false",
    })
    void template_becomes(String template, String path, boolean exact) {
        assertThat(MatchPath.of(template)).isEqualTo(new MatchPath(path, exact));
    }

    /** Whatever a template means, its requests are priced: it may be written wider, never narrower. */
    @Test
    void randomTemplates_everyRequestOfTheirsIsPriced() {
        var random = new Random(402);
        for (int i = 0; i < 300; i++) {
            List<String> segments = random.ints(1 + random.nextInt(4), 0, PIECES.size())
                    .mapToObj(PIECES::get)
                    .toList();
            String template = "/" + String.join("/", segments);
            PriceBook book = PriceBook.from(
                    Specs.config(Specs.prices(folder, "openapi: 3.0.0\npaths: { '" + template + "': { get: {} } }")));
            String path = path(template, random);
            assertThat(book.price(new PlainGet(path)))
                    .as("%s asked for as %s", template, path)
                    .isInstanceOf(Pricing.Priced.class);
        }
    }

    private static final List<String> PIECES = List.of(
            "a",
            "{x}",
            "{y}.json",
            "{z}:run",
            "v{n}",
            "{a},{b}",
            "*",
            "caf%C3%A9",
            "x%20y",
            ":c",
            "[d]",
            "{e*}",
            "~u",
            "B-c_d");

    private static String path(String template, Random random) {
        return template.replaceAll("\\{[^}]*\\*}", "p/q")
                .replaceAll("\\{[^}]*}|\\*", Integer.toString(random.nextInt(1000)))
                .replace("[", "%5B")
                .replace("]", "%5D");
    }

    /** A GET without query and headers. */
    private record PlainGet(String path) implements GateRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }
    }
}
