package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.ClaimResult;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.testkit.book.SampleClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that stops, dies or says nothing. */
@ExtendWith(SharedPostgres.class)
@Timeout(120)
final class PostgresOutageTest {
    private static final String WRITER = "farebox-book-writer";

    /** The book's five seconds, and what a busy machine adds. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final PostgresServer server;
    private final JdbcBook book;
    private final AtomicInteger next = new AtomicInteger();

    PostgresOutageTest(PostgresServer server) {
        this.server = server;
        this.book = JdbcBook.open(server.newDatabase());
    }

    @AfterEach
    void close() {
        book.close();
    }

    private ClaimResult claim(String key) {
        return book.claim(SampleClaim.of(key).request(key).toRequest());
    }

    private void works() {
        assertThat(claim("k" + next.incrementAndGet())).isInstanceOf(ClaimResult.Claimed.class);
    }

    private void isUnavailable() {
        Instant start = Instant.now();
        assertThatExceptionOfType(BookUnavailableException.class).isThrownBy(this::works);
        assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE);
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("deadline").isBefore(end);
            Thread.onSpinWait();
        }
    }

    private boolean tryWorks() {
        try {
            works();
            return book.find("k1").isPresent();
        } catch (BookUnavailableException e) {
            return false;
        }
    }

    @Test
    void stoppedServer_isUnavailable_andBackWithoutARestart() {
        works();
        server.stop();
        try {
            isUnavailable();
            isUnavailable();
            assertThatExceptionOfType(BookUnavailableException.class).isThrownBy(() -> book.find("k1"));
        } finally {
            server.start();
        }
        works();
        await(this::tryWorks);
    }

    @Test
    void connectionLostWhileQuiet_isNoticedByNobody() {
        works();
        List<Long> before = server.backends(WRITER);
        server.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + WRITER + "'");

        works();
        assertThat(server.backends(WRITER)).isNotEmpty().doesNotContainAnyElementsOf(before);
    }

    @Test
    void silentServer_isUnavailableWithinPatience() {
        works();
        long backend = server.backends(WRITER).getFirst();
        PostgresServer.signal(backend, "STOP");
        try {
            isUnavailable();
            works();
        } finally {
            PostgresServer.signal(backend, "CONT");
        }
        works();
    }

    /** What was acknowledged is there after the server's processes were killed: commits were not answered before their time. */
    @Test
    void killedServerProcess_losesNothingThatWasAcknowledged() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<Throwable> surprises = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> callers = new java.util.ArrayList<>();
        for (int i = 0; i < 8; i++)
            callers.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    String key = "kill-" + next.incrementAndGet();
                    try {
                        claim(key);
                        acknowledged.add(key);
                    } catch (BookUnavailableException e) {
                        // The outage; whether a caller notices it or the writer connects again in time is chance.
                    } catch (RuntimeException e) {
                        surprises.add(e);
                    }
                }
            }));
        for (int round = 0; round < 3; round++) {
            int enough = acknowledged.size() + 200;
            await(() -> acknowledged.size() > enough);
            List<Long> killed = server.backends(WRITER);
            assertThat(killed).isNotEmpty();
            killed.forEach(backend -> PostgresServer.signal(backend, "KILL"));
            int more = acknowledged.size() + 200;
            await(() -> acknowledged.size() > more);
            assertThat(server.backends(WRITER)).isNotEmpty().doesNotContainAnyElementsOf(killed);
        }
        over.set(true);
        for (Thread caller : callers) caller.join();

        await(this::tryWorksOnce);
        assertThat(surprises).isEmpty();
        for (String key : acknowledged) assertThat(book.find(key)).as(key).isPresent();
    }

    private boolean tryWorksOnce() {
        try {
            book.find("any");
            works();
            return true;
        } catch (BookUnavailableException e) {
            return false;
        }
    }
}
