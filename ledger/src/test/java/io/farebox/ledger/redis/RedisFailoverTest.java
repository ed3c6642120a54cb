package io.farebox.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.ledger.JdbcBook;
import io.farebox.servers.RedisCluster;
import io.farebox.servers.RedisServer;
import io.farebox.testkit.book.SampleClaim;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The masters of a cluster die, their replicas take over, and were not told of the last claims. */
@Tag("long")
final class RedisFailoverTest {
    private final RedisCluster redis = new RedisCluster(3, true);
    private final KeyNames names = KeyNames.of("failover", true);
    private JdbcBook book;
    private RedisBook first;
    private RedisBook second;
    private int made;

    @BeforeEach
    void open(@TempDir Path folder) {
        book = JdbcBook.open("jdbc:h2:file:" + folder.resolve("book"));
        first = RedisBook.open(book, redis.url(), "failover");
        second = RedisBook.open(book, redis.url(), "failover");
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        book.close();
        redis.close();
    }

    /** A payment whose claim the first master holds. */
    private SampleClaim next() {
        while (true) {
            String key = "payment " + ++made;
            if (redis.masterOf(names.slot(names.of(key).share())) == 0)
                return SampleClaim.of(key).payer(SampleClaim.payer(made));
        }
    }

    @Test
    void claimThatTheNewMasterWasNotToldOf_isSetAgainByItsHolder() throws Exception {
        SampleClaim sample = next();
        Claim claim = ((ClaimResult.Claimed) first.claim(sample.toRequest())).claim();
        RedisServer successor = redis.replicas().getFirst();
        redis.masters().getFirst().stop();
        awaitRole(successor, "master");
        // As if the claim had never been replicated.
        assertThat(successor.run("DEL " + names.of(sample.key()).claim())).isEqualTo(":1");

        awaitService(next());
        assertThat(second.claim(sample.toRequest())).isEqualTo(new ClaimResult.InFlight());
        assertThat(first.settling(claim, "dev", SampleClaim.at(40), SampleClaim.at(1)))
                .isTrue();
    }

    private static void awaitRole(RedisServer server, String role) throws InterruptedException {
        long since = System.nanoTime();
        while (!server.run("INFO replication").contains("role:" + role)) {
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(60));
            Thread.sleep(20);
        }
    }

    private void awaitService(SampleClaim sample) throws InterruptedException {
        long since = System.nanoTime();
        while (!isServed(sample)) {
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(60));
            Thread.sleep(20);
        }
    }

    private boolean isServed(SampleClaim sample) {
        try {
            return first.claim(sample.toRequest()) instanceof ClaimResult.Claimed;
        } catch (BookUnavailableException e) {
            return false;
        }
    }
}
