package io.farebox.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart of this folder, rendered by Helm itself without a cluster. */
final class Chart {
    static final Path FOLDER = Path.of("farebox");
    private static final String KUBERNETES = "1.34.0";

    private Chart() {}

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
        return of(FOLDER, values);
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
