package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FareboxConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the README tells people to copy compiles, and is read. */
class ReadmeSnippetsTest {
    private static final String SPRING = "In an existing Spring Boot application";
    private static final String SERVLET = "In a plain servlet application";
    private static final String PRICES = "The price list";
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path classes;

    @Test
    void priceList_isRead() {
        FareboxConfig config = ConfigReader.ofProcess().readYaml("farebox.yaml", prices());
        assertThat(config.routes()).hasSize(4);
        assertThat(config.accept()).hasSize(2);
        assertThat(config.warnings())
                .noneSatisfy(warning -> assertThat(warning.keyPath()).startsWith("pay-to"));
    }

    /** "Put the tree above under {@code farebox:}": what Spring binds then is read likewise. */
    @Test
    void priceList_asSpringBindsIt_isTheSame() {
        Map<String, ?> tree = tree(prices());
        FareboxConfig config = ConfigReader.ofProcess().readMap("farebox in the Environment", tree);
        assertThat(config.routes())
                .isEqualTo(ConfigReader.ofProcess()
                        .readYaml("farebox.yaml", prices())
                        .routes());
    }

    @Test
    void springBoot_keyOfTheFile_isTheOneThatIsRead() throws IOException {
        Map<String, ?> tree = tree(block(SPRING, "yaml"));
        assertThat(tree).isEqualTo(Map.of("farebox", Map.of("config", "farebox.yaml")));
        Path boot = ROOT.resolve("settlement/src/main/java/io/farebox/settlement/boot");
        try (Stream<Path> sources = Files.list(boot)) {
            assertThat(sources)
                    .anySatisfy(source -> assertThat(source).content().contains("\"farebox.config\""));
        }
    }

    @Test
    void springBoot_artifact_exists() throws IOException {
        String version =
                Files.readString(ROOT.resolve("pom.xml")).replaceAll("(?s).*?<version>([^<]*)</version>.*", "$1");
        assertThat(block("Getting it", "xml"))
                .contains("<artifactId>farebox-servlet-filter</artifactId>", "<version>" + version + "</version>");
        assertThat(Files.readString(ROOT.resolve("servlet-filter/pom.xml")))
                .contains("<artifactId>farebox-servlet-filter</artifactId>");
    }

    @Test
    void springBoot_handler_compiles() {
        compiles("void handle(HttpServletRequest request)", block(SPRING, "java") + "payment.payer();");
    }

    @Test
    void plainServlet_compiles() {
        compiles("void onStartup(ServletContext context)", block(SERVLET, "java") + "farebox.close();");
    }

    @Test
    void compilation_ofWhatIsWrong_fails() {
        assertThat(problems("void handle(HttpServletRequest request)", "PaymentFacts payment = request.pay();"))
                .contains("cannot find symbol");
    }

    private void compiles(String method, String statements) {
        assertThat(problems(method, statements)).isEmpty();
    }

    /** The README leaves out imports, as every editor adds them; so they are all there is around the snippet. */
    private String problems(String method, String statements) {
        String source = """
                import io.farebox.gate.PaymentFacts;
                import io.farebox.servlet.PaymentFilter;
                import io.farebox.settlement.Farebox;
                import jakarta.servlet.*;
                import jakarta.servlet.http.HttpServletRequest;
                import java.nio.file.Path;
                import java.util.EnumSet;
                class Snippet { %s { %s } }
                """.formatted(method, statements);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-proc:none",
                "-Xlint:all,-path,-classfile",
                "-Werror",
                "-d",
                classes.toString(),
                "-classpath",
                System.getProperty("java.class.path"));
        boolean ok = compiler.getTask(messages, null, null, options, null, List.of(new Source(source)))
                .call();
        return ok ? "" : messages.toString();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static String prices() {
        String yaml = block(PRICES, "yaml");
        assertThat(yaml).contains("\"0xYourAddress\"");
        return yaml.replace("0xYourAddress", PAYEE);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> tree(String yaml) {
        return (Map<String, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    /** The first block of this language below this heading. */
    private static String block(String heading, String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(section(heading));
        assertThat(block.find()).as("%s below %s", language, heading).isTrue();
        return block.group(1);
    }

    private static String section(String heading) {
        try {
            String readme = Files.readString(ROOT.resolve("README.md"));
            int start = readme.indexOf("\n## " + heading + "\n");
            assertThat(start).as(heading).isPositive();
            int end = readme.indexOf("\n## ", start + 1);
            return readme.substring(start, end < 0 ? readme.length() : end);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
