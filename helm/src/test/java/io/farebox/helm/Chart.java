package io.farebox.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The chart of this folder, rendered by Helm itself without a cluster. */
final class Chart {
    static final Path FOLDER = Path.of("farebox");
    private static final String KUBERNETES = "1.34.0";

    /** Helm leaves hooks out of what it renders here; without their mark they are objects like all others. */
    private static final Path WITH_TESTS = withTests(Path.of("target/chart"));

    private Chart() {}

    private static Path withTests(Path to) {
        try {
            copy(FOLDER, to);
            Path test = to.resolve("templates/tests/serves.yaml");
            List<String> lines = Files.readAllLines(test);
            Files.write(
                    test,
                    lines.stream()
                            .filter(each -> !each.contains("helm.sh/hook"))
                            .toList());
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder over what is there. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) Files.createDirectories(copy);
                else Files.copy(each, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The value files that come with the chart. */
    static List<Path> valueFiles() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path values(String name) {
        return FOLDER.resolve("ci").resolve(name + "-values.yaml");
    }

    static String nameOf(Path values) {
        return values.getFileName().toString().replace("-values.yaml", "");
    }

    static ReleaseObjects render(Path... values) {
        return ReleaseObjects.read(text(values));
    }

    /** As {@code helm template} prints it. @throws IllegalStateException with Helm's words if it does not render */
    static String text(Path... values) {
        return of(WITH_TESTS, values);
    }

    /** The same of another chart. */
    static String of(Path chart, Path... values) {
        TemplateCommand template = new Helm(chart)
                .template()
                .withName("shop")
                .withNamespace("prod")
                .withKubeVersion(KUBERNETES);
        for (Path each : values) template.withValuesFile(each);
        return template.call();
    }

    /** What an installation would say in the end. */
    static String notes(Path values) {
        return new Helm(FOLDER)
                .install()
                .withName("shop")
                .withNamespace("prod")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values)
                .clientOnly()
                .dryRun()
                .call()
                .getOutput();
    }

    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }
}
