package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.host.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is handed out, started by {@code java -jar}. Runs once it is packaged. */
class LauncherJarTest {
    private static final Path JAR = Path.of("target/farebox-gateway.jar").toAbsolutePath();
    private static final String LAUNCHER = "io/farebox/launch/Launcher.class";

    @TempDir
    private Path folder;

    private record Ran(int code, String out, String err) {}

    /** The Java that the machine's users meet first is often older than ours. */
    @Test
    void javaOnThePath_runsItOrIsToldInOneSentence() throws Exception {
        Path java = onThePath();
        String version = run(java, "-version").err();
        Ran ran = run(java, "-jar", JAR.toString(), "version");
        if (Runtime.Version.parse(version.replaceAll("(?s).*?\"([^\"_]*).*", "$1"))
                        .feature()
                >= 21) {
            assertThat(ran.code()).isZero();
            return;
        }
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("Farebox needs Java 21 or newer; this is ")
                .hasLineCount(1);
    }

    @Test
    void launcher_isReadByJava8() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            byte[] launcher = jar.getInputStream(jar.getEntry(LAUNCHER)).readAllBytes();
            assertThat(launcher[6] << 8 | launcher[7]).as("class file version").isEqualTo(52);
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo("io.farebox.launch.Launcher");
            assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
        }
    }

    /** Boot reads nested jars in place, and makes an image of the entries that its list of layers names. */
    @Test
    void jar_isStillOneOfBoots() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().filter(each -> each.getName().endsWith(".jar")))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.getMethod()).isEqualTo(ZipEntry.STORED));
        }
        Ran ran = run(
                ownJava(),
                "-Djarmode=tools",
                "-jar",
                JAR.toString(),
                "extract",
                "--layers",
                "--launcher",
                "--destination",
                folder.resolve("image").toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(folder.resolve("image/spring-boot-loader").resolve(LAUNCHER)).exists();
    }

    @Test
    void dates_areThoseOfTheBuildAndNotOfToday() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
        }
    }

    @Test
    void commands_run() throws Exception {
        assertThat(run(ownJava(), "-jar", JAR.toString(), "version").out()).startsWith("Farebox 0.");
        assertThat(run(ownJava(), "-jar", JAR.toString(), "init").code()).isZero();
        Ran check = run(ownJava(), "-jar", JAR.toString(), "check");
        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out()).contains("/api/** → 10000 ($0.01)");
        assertThat(check.err()).doesNotContain("WARNING");
        assertThat(run(ownJava(), "-jar", JAR.toString(), "nonsense").code()).isEqualTo(2);
    }

    @Test
    void gateway_withoutConfiguration_saysWhatToDo() throws Exception {
        Ran ran = run(ownJava(), "-jar", JAR.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("Farebox has nothing to run with").doesNotContain("Exception");
    }

    @Test
    void gateway_withTheStarter_runs() throws Exception {
        assertThat(run(ownJava(), "-jar", JAR.toString(), "init").code()).isZero();
        int port = FreePort.find();
        Path log = folder.resolve("log.txt");
        Process gateway = process(
                        ownJava(), "-jar", JAR.toString(), "--server.port=" + port, "--management.server.port=0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Instant end = Instant.now().plusSeconds(120);
            while (!answers(port) && gateway.isAlive() && Instant.now().isBefore(end)) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            assertThat(gateway.isAlive() && answers(port))
                    .as(Files.readString(log))
                    .isTrue();
            assertThat(Files.readString(log)).doesNotContain("--enable-native-access");
        } finally {
            gateway.destroy();
            if (!gateway.waitFor(30, TimeUnit.SECONDS))
                gateway.destroyForcibly().waitFor();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path ownJava() {
        return Path.of(ProcessHandle.current().info().command().orElseThrow());
    }

    private static Path onThePath() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(each -> Path.of(each, "java"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(LauncherJarTest::ownJava);
    }

    private ProcessBuilder process(Path java, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("FAREBOX_") || name.contains("JAVA_"));
        return process;
    }

    private Ran run(Path java, String... arguments) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = process(java, arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends").isTrue();
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
