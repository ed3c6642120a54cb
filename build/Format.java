import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Checks ({@code check}) or applies ({@code apply}) the house format to every Java file below the folder given second.
 *
 * <p>A program of our own and not a build plugin, because the formatter parses with the compiler of the JVM it runs in:
 * Maven may run on Java 17, which cannot read Java 21 sources, so this runs on the JDK that the build has chosen.
 */
final class Format {
    private static final JavaFormatterOptions STYLE = JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build();

    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        var wrong = new ConcurrentLinkedQueue<String>();
        javaFilesBelow(root).parallelStream().forEach(file -> {
            try {
                String before = Files.readString(file);
                String after = format(before);
                if (!after.equals(before)) {
                    if (apply) Files.writeString(file, after);
                    wrong.add(root.relativize(file).toString());
                }
            } catch (Exception e) {
                wrong.add(root.relativize(file) + ": " + e.getMessage());
            }
        });
        if (wrong.isEmpty()) return;
        wrong.stream().sorted().forEach(line -> System.out.println((apply ? "formatted " : "not formatted: ") + line));
        if (!apply) {
            System.out.println("Mend with: mvn -N process-sources -Dformat=apply");
            System.exit(1);
        }
    }

    private static String format(String source) throws Exception {
        String tidy = RemoveUnusedImports.removeUnusedImports(source);
        tidy = ImportOrderer.reorderImports(tidy, JavaFormatterOptions.Style.PALANTIR);
        return Formatter.createFormatter(STYLE).formatSource(tidy);
    }

    private static List<Path> javaFilesBelow(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> {
                        String path = root.relativize(file).toString().replace('\\', '/');
                        return !("/" + path).matches(".*/(target|node_modules|\\.git)/.*");
                    })
                    .toList();
        }
    }
}
