package io.farebox.settlement.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.settlement.reload.FileWatch.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private Path file;
    private FileWatch watch;

    @BeforeEach
    void begin() throws IOException {
        file = folder.resolve("farebox.yaml");
        write("old");
        watch = watch();
    }

    private FileWatch watch() {
        return new FileWatch(file, "old".getBytes(StandardCharsets.UTF_8), 100, Duration.ofMillis(500), () -> now);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    /** What a look shows, 250 ms after the one before. */
    private String look() {
        now = now.plusMillis(250);
        return switch (watch.look()) {
            case Look.Same same -> "same";
            case Look.Changed changed -> new String(changed.content(), StandardCharsets.UTF_8);
            case Look.Unreadable unreadable -> "unreadable";
        };
    }

    @Test
    void unchangedFile_isTheSame() {
        for (int i = 0; i < 5; i++) assertThat(look()).isEqualTo("same");
    }

    @Test
    void change_isToldOnce_whenItHasBeenTheSameForAWhile() throws IOException {
        write("new");

        assertThat(look()).isEqualTo("same");
        assertThat(look()).isEqualTo("same");
        assertThat(look()).isEqualTo("new");
        assertThat(look()).isEqualTo("same");
    }

    @Test
    void fileThatIsBeingWritten_isNotRead() throws IOException {
        for (String part : new String[] {"n", "ne", "new", "new f", "new fi", "new file"}) {
            write(part);
            assertThat(look()).isEqualTo("same");
            assertThat(look()).isEqualTo("same");
        }
        assertThat(look()).isEqualTo("new file");
    }

    @Test
    void lookThatComesLate_isNoProofThatAllWasQuiet() throws IOException {
        write("half");
        now = now.plusSeconds(60);
        assertThat(look()).isEqualTo("same");
    }

    @Test
    void changeThatWasTakenBack_isNone() throws IOException {
        write("new");
        assertThat(look()).isEqualTo("same");
        write("old");
        for (int i = 0; i < 5; i++) assertThat(look()).isEqualTo("same");
    }

    @Test
    void fileThatWasChangedBeforeTheFirstLook_isTold() throws IOException {
        write("new");
        watch = watch();
        look();
        look();
        assertThat(look()).isEqualTo("new");
    }

    @Test
    void renameOverTheFile_isAChange() throws IOException {
        Path next = folder.resolve("next");
        Files.writeString(next, "new");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);

        look();
        look();
        assertThat(look()).isEqualTo("new");
    }

    @Test
    void swappedLink_isAChange() throws IOException {
        Files.delete(file);
        for (String version : new String[] {"..v1", "..v2"}) {
            Files.createDirectory(folder.resolve(version));
            Files.writeString(folder.resolve(version).resolve("farebox.yaml"), version.equals("..v1") ? "old" : "new");
        }
        Path data = folder.resolve("..data");
        Files.createSymbolicLink(data, Path.of("..v1"));
        Files.createSymbolicLink(file, Path.of("..data", "farebox.yaml"));
        for (int i = 0; i < 5; i++) assertThat(look()).isEqualTo("same");

        Path next = folder.resolve("..data_tmp");
        Files.createSymbolicLink(next, Path.of("..v2"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        look();
        look();
        assertThat(look()).isEqualTo("new");
    }

    @Test
    void fileThatIsGone_isToldOnce_andSoIsItsReturn() throws IOException {
        Files.delete(file);
        look();
        look();
        assertThat(look()).isEqualTo("unreadable");
        for (int i = 0; i < 5; i++) assertThat(look()).isEqualTo("same");

        write("");
        look();
        look();
        assertThat(look()).isEmpty();
        write("old");
        look();
        look();
        assertThat(look()).isEqualTo("old");
    }

    @Test
    void briefAbsence_isNone() throws IOException {
        Files.delete(file);
        assertThat(look()).isEqualTo("same");
        write("old");
        for (int i = 0; i < 5; i++) assertThat(look()).isEqualTo("same");
    }

    @Test
    void largeFile_isNotReadWhole() throws IOException {
        write("x".repeat(1_000));
        look();
        look();
        assertThat(look()).hasSize(101);
    }
}
