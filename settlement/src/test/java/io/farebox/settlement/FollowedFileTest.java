package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.gate.Decision;
import io.farebox.gate.GateEvent;
import io.farebox.pricing.PricingConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running Farebox follows its file, however the file is changed, and takes nothing over that is wrong. */
@Timeout(120)
class FollowedFileTest {
    private static final Ask WEATHER = Ask.get("/weather");

    @TempDir
    private Path folder;

    private final Queue<GateEvent> events = new ConcurrentLinkedQueue<>();
    private Path file;
    private Farebox farebox;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("farebox.yaml");
        Files.writeString(file, yaml("$0.01"));
        farebox = follow();
    }

    private Farebox follow() {
        return follow(Duration.ofMillis(40));
    }

    private Farebox follow(Duration quiet) {
        Setup setup = Setup.usual(event -> {
                    if (event.routeId() == null) events.add(event);
                })
                .times(Duration.ofMillis(5), quiet);
        return Farebox.open(file, setup);
    }

    @AfterEach
    void close() {
        farebox.close();
    }

    private String yaml(String price) {
        return """
                public-url: http://127.0.0.1
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [farebox-dev/USDC]
                facilitators: [{ id: dev, type: dev }]
                book: { url: "jdbc:h2:file:%s/book" }
                routes:
                  - { id: weather, match: GET /weather, price: %s }
                  - { id: map, match: GET /map, price: $0.05 }
                """.formatted(folder, price);
    }

    private void replace(String text) throws IOException {
        Path next = folder.resolve("next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private long price() {
        Decision decision = farebox.gate().decide(WEATHER);
        return Buyer.of(2).read(((Decision.Answer) decision).response()).amount();
    }

    private void awaitPrice(long atomic) {
        await(() -> price() == atomic, "the price never became " + atomic + " but is " + price());
    }

    private static void await(BooleanSupplier condition, String complaint) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError(complaint);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private void awaitRefusal(String... reasons) {
        await(() -> !events.isEmpty(), "nothing was refused");
        assertThat(events).containsExactly(new GateEvent.ReloadRefused(List.of(reasons)));
        events.clear();
    }

    @Test
    void writtenOver_changesThePrice() throws IOException {
        Files.writeString(file, yaml("$0.02"));
        awaitPrice(20_000);
    }

    @Test
    void replaced_changesThePrice_andTellsSo() throws IOException {
        replace(yaml("$0.02"));
        awaitPrice(20_000);

        await(() -> !events.isEmpty(), "nothing was told");
        assertThat(events)
                .containsExactly(new GateEvent.PricesReloaded(farebox.prices().version(), 1));
    }

    @Test
    void mountedConfigMap_changesThePriceWhenItIsSwapped() throws IOException {
        farebox.close();
        Path mount = Files.createDirectory(folder.resolve("mount"));
        file = mount.resolve("farebox.yaml");
        Files.writeString(Files.createDirectory(mount.resolve("..1")).resolve("farebox.yaml"), yaml("$0.01"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(file, Path.of("..data/farebox.yaml"));
        farebox = follow();

        Files.writeString(Files.createDirectory(mount.resolve("..2")).resolve("farebox.yaml"), yaml("$0.02"));
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(mount.resolve("..1/farebox.yaml"));
        awaitPrice(20_000);
    }

    /** Cut off between two lines it would be a right one, and the map free. */
    @Test
    void halfWritten_isNotTakenOver() throws IOException {
        farebox.close();
        farebox = follow(Duration.ofSeconds(1));
        byte[] whole = yaml("$0.02").getBytes(StandardCharsets.UTF_8);
        int half = yaml("$0.02").indexOf("  - { id: map");
        try (var out = Files.newOutputStream(file)) {
            out.write(whole, 0, half);
            out.flush();
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            out.write(whole, half, whole.length - half);
        }
        awaitPrice(20_000);
        assertThat(farebox.gate().decide(Ask.get("/map"))).isInstanceOf(Decision.Answer.class);
        await(() -> !events.isEmpty(), "nothing was told");
        assertThat(events)
                .containsExactly(new GateEvent.PricesReloaded(farebox.prices().version(), 1));
    }

    @Test
    void wrong_keepsThePricesOfBefore_untilItIsMended() throws IOException {
        replace(yaml("0.02") + "  - { id: map, match: GET /more, free: perhaps }\n");
        awaitRefusal("price_without_unit", "not_a_boolean", "duplicate_id");
        assertThat(price()).isEqualTo(10_000);

        replace(yaml("$0.02"));
        awaitPrice(20_000);
    }

    @Test
    void needingARestart_isNotTakenOver_notEvenInPart() throws IOException {
        replace("mode: observe\n" + yaml("$0.02"));
        awaitRefusal(GateEvent.ReloadRefused.NEEDS_RESTART);
        assertThat(price()).isEqualTo(10_000);
        Files.writeString(
                file, yaml("$0.02").replace("0x209693Bc6afc0C5328bA36FaF03C514EF312287C", "0x" + "12".repeat(20)));
        awaitRefusal(GateEvent.ReloadRefused.NEEDS_RESTART);
        assertThat(price()).isEqualTo(10_000);

        replace(yaml("$0.03"));
        awaitPrice(30_000);
    }

    @Test
    void gone_keepsThePricesOfBefore() throws IOException {
        Files.delete(file);
        awaitRefusal("file_unreadable");
        assertThat(price()).isEqualTo(10_000);

        replace(yaml("$0.02"));
        awaitPrice(20_000);
    }

    @Test
    void restartWithAnotherPrice_takesPaymentsForTheOneBefore() throws IOException {
        Buyer buyer = Buyer.of(1);
        Buyer.Asked asked = buyer.read(((Decision.Answer) farebox.gate().decide(WEATHER)).response());
        farebox.close();
        replace(yaml("$0.02"));
        farebox = follow();

        Decision decision = farebox.gate().decide(buyer.pay(WEATHER, asked, Instant.now()));
        assertThat(((Decision.Attempt) decision).unmet()).isNull();
        assertThat(((Decision.Attempt) decision).taken().accepts().getFirst().amount())
                .isEqualTo(10_000);
    }

    @Test
    void open_fileThatIsWrongOrGone_saysSo() throws IOException {
        Path other = folder.resolve("other.yaml");
        assertThatExceptionOfType(PricingConfigException.class)
                .isThrownBy(() -> Farebox.open(other))
                .withMessageContaining("other.yaml:1: it cannot be read");
        Files.writeString(other, "routes: []");
        assertThatExceptionOfType(PricingConfigException.class)
                .isThrownBy(() -> Farebox.open(other))
                .withMessageContaining("public-url");
    }
}
