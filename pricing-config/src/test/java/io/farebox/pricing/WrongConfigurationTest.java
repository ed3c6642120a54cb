package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every file under {@code bad} is wrong in one way and says on its first lines in which. */
class WrongConfigurationTest {
    private static final List<Path> FILES = Fixtures.resources("bad");

    @TestFactory
    Stream<DynamicTest> wrongFile_isRefusedWithItsOneProblem() {
        return FILES.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> isRefused(file)));
    }

    private static void isRefused(Path file) throws IOException {
        List<String> head = Files.readAllLines(file).subList(0, 3);
        var thrown = catchThrowableOfType(
                PricingConfigException.class, () -> Fixtures.reader().readFile(file));
        assertThat(thrown).isNotNull();
        assertThat(thrown.problems()).as(thrown.getMessage()).hasSize(1);
        ConfigProblem problem = thrown.problems().get(0);
        assertThat("# code: " + problem.code().code()).as(thrown.getMessage()).isEqualTo(head.get(0));
        assertThat("# line: " + problem.line()).as(thrown.getMessage()).isEqualTo(head.get(1));
        assertThat("# key: " + problem.keyPath()).as(thrown.getMessage()).isEqualTo(head.get(2));
        assertThat(thrown.getMessage())
                .contains(file.getFileName() + ":" + problem.line())
                .doesNotContain("null");
        assertThat(problem.reason()).as("a whole sentence").doesNotEndWith("…");
        assertThat(problem.fix()).matches("[A-Z].*");
    }

    @Test
    void corpus_coversItsBreadth() throws IOException {
        Set<String> codes = new HashSet<>();
        for (Path file : FILES) codes.add(Files.readAllLines(file).get(0).substring("# code: ".length()));
        assertThat(FILES).hasSizeGreaterThanOrEqualTo(60);
        assertThat(codes).hasSizeGreaterThanOrEqualTo(40);
    }
}
