import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fails if a test was skipped, or if a module with tests ran none: a check that does not run protects nobody. The test runner
 * itself counts both as success.
 */
final class NoSkips {
    private static final Pattern CASE =
            Pattern.compile("<testcase name=\"([^\"]*)\"[^>]*?classname=\"([^\"]*)\"[^>]*>\\s*<skipped");

    public static void main(String[] args) throws IOException {
        Path module = Path.of(args[0]);
        boolean hasTests = has(module.resolve("src/test/java"), "Test.java");
        Path reports = module.resolve("target/surefire-reports");
        if (!hasTests || Boolean.parseBoolean(args[1])) return;
        if (!has(reports, ".xml")) fail("No test ran in " + module.getFileName() + ", although it has tests.");
        List<String> skipped = new ArrayList<>();
        try (var files = Files.list(reports)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
                Matcher match = CASE.matcher(Files.readString(file));
                while (match.find()) skipped.add(match.group(2) + "." + match.group(1));
            }
        }
        if (!skipped.isEmpty()) fail("Skipped tests: " + String.join(", ", skipped));
    }

    private static boolean has(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) return false;
        try (var files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(ending));
        }
    }

    private static void fail(String message) {
        System.out.println(message);
        System.exit(1);
    }
}
