package io.farebox.pricing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks a configuration whole: it is right in every part, or a {@link PricingConfigException} tells everything that
 * is wrong with it. Immutable and safe for concurrent use if the environment is.
 */
public final class ConfigReader {
    /** How many bytes a file may have. */
    public static final int LARGEST_FILE = YamlTree.LARGEST;

    private final Function<String, @Nullable String> environment;

    /** @param environment fills in <code>${NAME}</code>; answers null for what is not set */
    public ConfigReader(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** A reader that fills in variables of the process. */
    public static ConfigReader ofProcess() {
        return new ConfigReader(System::getenv);
    }

    /** Whether this is a key at the root of the tree, in any spelling that {@link #readMap} takes. */
    public static boolean isKey(String name) {
        return Keys.ROOT.keys().stream().anyMatch(key -> Words.fold(key.name()).equals(Words.fold(name)));
    }

    /**
     * Reads a YAML file (UTF-8, at most 1 MiB).
     *
     * @throws PricingConfigException if it cannot be read, or is wrong in any part
     */
    public FareboxConfig readFile(Path file) {
        return readBytes(nameOf(file), bytesOf(file));
    }

    /**
     * What {@link #readFile} would read of a file; one byte more than {@link #LARGEST_FILE} if it is larger.
     *
     * @throws PricingConfigException if it cannot be read
     */
    public static byte[] bytesOf(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST_FILE + 1);
        } catch (IOException e) {
            throw unreadable(nameOf(file), "cannot be read", "Check the path and who may read the file.");
        }
    }

    /** What a file is called in problems. */
    public static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    /**
     * Reads the bytes of a YAML file (UTF-8, at most 1 MiB).
     *
     * @param source names the file in problems
     * @throws PricingConfigException if they are wrong in any part
     */
    public FareboxConfig readBytes(String source, byte[] bytes) {
        if (bytes.length > LARGEST_FILE) {
            var problems = new Problems(source);
            String fix = "Split off what is no price list.";
            problems.wrong(ProblemCode.FILE_TOO_LARGE, new Place(1, ""), "is larger than 1 MiB", fix);
            problems.throwIfAny();
        }
        try {
            return readYaml(source, utf8(bytes));
        } catch (CharacterCodingException e) {
            throw unreadable(source, "is not UTF-8 text", "Save the file as UTF-8.");
        }
    }

    /**
     * Reads YAML text.
     *
     * @param source names the text in problems, such as {@code farebox.yaml}
     * @throws PricingConfigException if it is wrong in any part
     */
    public FareboxConfig readYaml(String source, String text) {
        var problems = new Problems(source);
        Tree tree = YamlTree.read(text, problems);
        if (tree == null) problems.throwIfAny();
        return read(tree == null ? new Tree.Broken(new Place(1, "")) : tree, problems, false);
    }

    /**
     * Reads a nested map, as bound from Spring's Environment below {@code farebox}. Keys may be in kebab or camel case; lists
     * may be maps whose keys are {@code 0}, {@code 1}, …, or words with commas between.
     *
     * @param source names the map in problems, such as {@code farebox in the Environment}
     * @throws PricingConfigException if it is wrong in any part
     */
    public FareboxConfig readMap(String source, Map<String, ?> map) {
        return read(MapTree.read(map), new Problems(source), true);
    }

    private FareboxConfig read(Tree tree, Problems problems, boolean relaxed) {
        var placeholders = new Placeholders(environment, problems);
        Tree checked = new ShapeCheck(problems, placeholders, relaxed).check(Keys.ROOT, tree);
        FareboxConfig config = new ConfigAssembly(problems).assemble(Section.of(checked));
        problems.throwIfAny();
        return config;
    }

    private static PricingConfigException unreadable(String source, String reason, String fix) {
        return new PricingConfigException(
                List.of(new ConfigProblem(ProblemCode.FILE_UNREADABLE, source, 1, "", null, reason, fix)));
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
