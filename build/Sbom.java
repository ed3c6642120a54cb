import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes what an image consists of as CycloneDX 1.6: each jar with its checksum, and what is named besides. Names and versions are
 * those that a jar says of itself, else those of its file; nobody is asked over the network.
 */
final class Sbom {
    private static final Pattern FILE = Pattern.compile("(.+?)-([0-9][^/]*)\\.jar");

    private record Part(String type, String group, String name, String version, String sha256) {
        String json() {
            String purl = type.equals("library")
                    ? "pkg:maven/" + group + "/" + name + "@" + version
                    : "pkg:generic/" + name + "@" + version;
            String hashes =
                    sha256.isEmpty() ? "" : ",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"" + sha256 + "\"}]";
            return "{\"type\":\"%s\",\"group\":\"%s\",\"name\":\"%s\",\"version\":\"%s\",\"purl\":\"%s\"%s}"
                    .formatted(type, group, name, version, purl, hashes);
        }
    }

    /** @param args the folder of the jars, the file to write, then NAME=VERSION of what is no jar */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        List<Part> parts = new ArrayList<>();
        for (int i = 2; i < args.length; i++) {
            String[] named = args[i].split("=", 2);
            parts.add(new Part("platform", "", named[0], named[1], ""));
        }
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            for (Path each : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) parts.add(part(each));
        }
        String components = String.join(",\n", parts.stream().map(Part::json).toList());
        Files.writeString(
                Path.of(args[1]),
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"components\":[\n" + components
                        + "]}\n");
    }

    private static Part part(Path file) throws IOException, GeneralSecurityException {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        Matcher name = FILE.matcher(file.getFileName().toString());
        String[] named = name.matches()
                ? new String[] {name.group(1), name.group(2)}
                : new String[] {file.getFileName().toString(), ""};
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry each : jar.stream()
                    .filter(entry -> entry.getName().matches("META-INF/maven/.*/pom\\.properties"))
                    .toList()) {
                Properties said = new Properties();
                try (InputStream in = jar.getInputStream(each)) {
                    said.load(in);
                }
                // A jar with others packed into it speaks for those too.
                if (named[0].equals(said.getProperty("artifactId")))
                    return new Part("library", said.getProperty("groupId"), named[0], said.getProperty("version"), sum);
            }
        }
        return new Part("library", "", named[0], named[1], sum);
    }
}
