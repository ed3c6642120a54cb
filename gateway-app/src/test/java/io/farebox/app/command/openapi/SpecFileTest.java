package io.farebox.app.command.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that are none, or want to be too much. */
class SpecFileTest {
    @TempDir
    private Path folder;

    private static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("", "is not OpenAPI 3"),
                Arguments.of("just words", "is not OpenAPI 3"),
                Arguments.of("- a\n- list", "is not OpenAPI 3"),
                Arguments.of("{", ":1 is not JSON"),
                Arguments.of("{\"openapi\": \"3.0.0\",\n \"paths\": {]}", ":2 is not JSON"),
                Arguments.of("{\"openapi\": \"3.0.0\", \"paths\": {}} more", "is not JSON"),
                Arguments.of("{\"openapi\": \"3.0.0\"} {}", "text behind its end"),
                Arguments.of("{\"a\": 1, \"a\": 2}", "is not JSON"),
                Arguments.of("openapi: 3.0.0\npaths: [", ":2 is not YAML"),
                Arguments.of("openapi: 3.0.0\nopenapi: 3.1.0", "is not YAML"),
                Arguments.of("openapi: 3.0.0\n---\npaths: {}", "is not YAML"),
                Arguments.of("openapi: !!java.net.URL [http://127.0.0.1]", "is not YAML"),
                Arguments.of("openapi: !!int words", "is not"),
                Arguments.of("swagger: '2.0'\npaths: {}", "is Swagger 2.0. Convert it"),
                Arguments.of("openapi: 4.0.0\npaths: {}", "is not OpenAPI 3"),
                Arguments.of("openapi: 3.1.0\nwebhooks: {}", "has no paths"),
                Arguments.of("openapi: 3.1.0\npaths: []", "has no paths"),
                Arguments.of("openapi: 3.1.0\npaths: {}", "has no operation"),
                Arguments.of("openapi: 3.1.0\npaths: { /a: [], /b: text, /c: { get2: {} } }", "has no operation"),
                Arguments.of("openapi: 3.1.0\npaths: &a { /a: *a }", "has no operation"),
                Arguments.of("openapi: 3.1.0\npaths: { /a: { trace: {} } }", "has no operation"),
                Arguments.of("[".repeat(100_000), ""),
                Arguments.of("{\"a\":".repeat(100_000), "is not JSON"),
                Arguments.of("a: &a [x]\nb: [" + "*a,".repeat(20_000) + "]", "is not"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongDocument_isToldInOneSentence(String text, String reason) {
        assertThatThrownBy(() -> Specs.prices(folder, text))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n"));
    }

    @Test
    void versionWithoutQuotes_isRead() {
        assertThat(Specs.prices(folder, "openapi: 3.0\npaths: { /a: { get: {} } }")
                        .summary())
                .startsWith("1 routes");
    }

    @Test
    void byteOrderMark_isSkipped() {
        assertThat(Specs.prices(folder, "\ufeff{\"openapi\":\"3.1.0\",\"paths\":{\"/a\":{\"get\":{}}}}")
                        .summary())
                .startsWith("1 routes");
    }

    @Test
    void otherEncoding_isTold() throws IOException {
        Path spec = Files.write(folder.resolve("spec"), "openapi: 3.0.0 # é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Specs.prices(spec)).hasMessageContaining("is not UTF-8");
    }

    @Test
    void hugeFile_isNotRead() throws IOException {
        Path spec = folder.resolve("spec");
        try (var file = new RandomAccessFile(spec.toFile(), "rw")) {
            file.setLength(200L << 20);
        }
        assertThatThrownBy(() -> Specs.prices(spec)).hasMessageContaining("larger than 32 MiB");
    }

    @Test
    void folder_isTold() {
        assertThatThrownBy(() -> Specs.prices(folder)).hasMessageContaining("cannot be read");
    }

    /** One path item under many names would make many operations of a small document. */
    @Test
    void aliasesThatMultiply_areBounded() {
        var text = new StringBuilder(
                "openapi: 3.1.0\nx: &x { get: {}, put: {}, post: {}, delete: {}, patch: {} }\npaths:\n");
        for (int i = 0; i < 9_000; i++) text.append("  /").append(i).append(": *x\n");
        assertThatThrownBy(() -> Specs.prices(folder, text.toString()))
                .hasMessageContaining("more than 20000 operations");
    }
}
