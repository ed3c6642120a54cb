import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * Puts our launcher in front of Spring Boot's in a repackaged jar: compiles it for Java 8, adds it at the jar's root and names
 * it in the manifest. Everything else stays as it was, byte for byte, and so do all dates: two builds still give one jar.
 *
 * <p>A program of our own, because Boot's plugin takes a layout only from a published artifact, and the compiler plugin would
 * need a second set of arguments for one class.
 */
final class AddLauncher {
    private static final String LAUNCHER = "io/farebox/launch/Launcher";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String LAYERS = "BOOT-INF/layers.idx";
    private static final String LAYER = "- \"spring-boot-loader\":\n";

    /** @param args the folder of the launcher's source, and the jar */
    public static void main(String[] args) throws IOException {
        byte[] launcher = compile(Path.of(args[0], LAUNCHER + ".java"));
        Path jar = Path.of(args[1]);
        Path with = jar.resolveSibling(jar.getFileName() + ".with-launcher");
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(with))) {
            copy(from, to, launcher);
        }
        Files.move(with, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] compile(Path source) throws IOException {
        Path classes = Files.createTempDirectory("launcher");
        Path compiled = classes.resolve(LAUNCHER + ".class");
        // -options: that 8 is an old release is why we compile for it.
        List<String> arguments = List.of(
                "--release",
                "8",
                "-proc:none",
                "-Xlint:all,-options",
                "-Werror",
                "-encoding",
                "UTF-8",
                "-d",
                classes.toString(),
                source.toString());
        try {
            int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            if (code != 0) throw new IOException("the launcher does not compile");
            return Files.readAllBytes(compiled);
        } finally {
            for (Path each = compiled; !each.equals(classes.getParent()); each = each.getParent()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static void copy(ZipFile from, ZipOutputStream to, byte[] launcher) throws IOException {
        ZipEntry manifest = from.getEntry(MANIFEST);
        for (ZipEntry each : from.stream().toList()) {
            if (each.getName().equals(LAUNCHER + ".class")) continue; // a jar that has been through here before
            byte[] content = from.getInputStream(each).readAllBytes();
            switch (each.getName()) {
                case MANIFEST -> {
                    add(to, MANIFEST, manifest, manifest(content));
                    add(to, LAUNCHER + ".class", manifest, launcher);
                }
                case LAYERS -> add(to, LAYERS, each, layers(content));
                default -> copy(each, content, to);
            }
        }
    }

    private static void copy(ZipEntry entry, byte[] content, ZipOutputStream to) throws IOException {
        ZipEntry copy = new ZipEntry(entry);
        // Packed anew it may have another size; what is stored must stay so, since Boot reads nested jars in place.
        if (entry.getMethod() == ZipEntry.DEFLATED) copy.setCompressedSize(-1);
        to.putNextEntry(copy);
        to.write(content);
        to.closeEntry();
    }

    private static void add(ZipOutputStream to, String name, ZipEntry dated, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(dated.getTimeLocal());
        to.putNextEntry(entry);
        to.write(content);
        to.closeEntry();
    }

    private static byte[] manifest(byte[] content) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(content));
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, LAUNCHER.replace('/', '.'));
        var changed = new ByteArrayOutputStream();
        manifest.write(changed);
        return changed.toByteArray();
    }

    /** The list of layers must name every entry, or an image cannot be made of the jar. */
    private static byte[] layers(byte[] content) throws IOException {
        String text = new String(content, UTF_8);
        String ours = LAYER + "  - \"" + LAUNCHER.substring(0, LAUNCHER.indexOf('/') + 1) + "\"\n";
        if (!text.contains(LAYER)) throw new IOException(LAYERS + " has no layer for the loader");
        return text.contains(ours) ? content : text.replace(LAYER, ours).getBytes(UTF_8);
    }
}
