package io.farebox.ledger.redis;

import static io.farebox.testkit.book.SampleClaim.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.ledger.BookOpenException;
import io.farebox.ledger.JdbcBook;
import io.farebox.servers.RedisCluster;
import io.farebox.servers.RedisServer;
import io.farebox.servers.SharedRedis;
import io.farebox.servers.SharedRedisCluster;
import io.farebox.testkit.book.SampleClaim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas whose claims are on a Redis Cluster of three masters, each of which fails and forgets by itself. */
@Tag("long")
@ExtendWith({SharedRedisCluster.class, SharedRedis.class})
final class RedisClusterTest {
    private static final ClaimResult IN_FLIGHT = new ClaimResult.InFlight();

    private final RedisCluster redis;
    private final KeyNames names = KeyNames.of("cluster", true);
    private final List<RedisBook> replicas = new ArrayList<>();
    private JdbcBook book;
    private int made;

    RedisClusterTest(RedisCluster redis) {
        this.redis = redis;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        redis.runAtMasters("FLUSHALL");
        book = JdbcBook.open("jdbc:h2:file:" + folder.resolve("book"));
        for (int i = 0; i < 2; i++) replicas.add(RedisBook.open(book, redis.url(), "cluster"));
    }

    @AfterEach
    void close() {
        replicas.forEach(RedisBook::close);
        book.close();
    }

    /** A payment of a payer of its own, whose claim the master holds. */
    private SampleClaim on(int master) {
        while (true) {
            made++;
            String key = "payment " + made;
            if (redis.masterOf(names.slot(names.of(key).share())) == master)
                return SampleClaim.of(key).payer(SampleClaim.payer(made));
        }
    }

    private ClaimResult ask(int replica, SampleClaim sample) {
        return replicas.get(replica).claim(sample.toRequest());
    }

    private Claim claimed(int replica, SampleClaim sample) {
        ClaimResult result = ask(replica, sample);
        assertThat(result).isInstanceOf(ClaimResult.Claimed.class);
        return ((ClaimResult.Claimed) result).claim();
    }

    @Test
    void claims_lieOnTheirMasters_andLeaveNothingBehind() {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            SampleClaim sample = on(i % 3);
            claims.add(claimed(0, sample));
            assertThat(ask(1, sample)).isEqualTo(IN_FLIGHT);
        }
        for (RedisServer master : redis.masters())
            assertThat(master.run("KEYS cluster:1:{*}:????????????????????????????????*"))
                    .isEqualTo("*10");
        for (Claim claim : claims)
            assertThat(replicas.getFirst().released(claim, "no", at(1))).isTrue();
        for (RedisServer master : redis.masters())
            assertThat(master.run("KEYS cluster:1:{*}:????????????????????????????????*"))
                    .isEqualTo("*0");
    }

    @Test
    void masterAway_claimsOfTheOthersGoOn() throws Exception {
        Claim before = claimed(0, on(0));
        RedisServer away = redis.masters().getFirst();
        away.stop();
        try {
            for (int i = 0; i < 10; i++) {
                assertUnavailableSoon(on(0));
                claimed(i % 2, on(1));
                claimed(i % 2, on(2));
            }
            // The book is there, so what is under way goes on.
            assertThat(replicas.getFirst().settling(before, "dev", at(40), at(1)))
                    .isTrue();
        } finally {
            away.start();
            redis.awaitWhole();
        }
        awaitService(on(0));
    }

    private void assertUnavailableSoon(SampleClaim sample) {
        long start = System.nanoTime();
        assertThatExceptionOfType(BookUnavailableException.class).isThrownBy(() -> ask(0, sample));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
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
            return ask(0, sample) instanceof ClaimResult.Claimed;
        } catch (BookUnavailableException e) {
            return false;
        }
    }

    @Test
    void masterThatForgot_isToldAgainWithTheNextClaimThatItHolds() {
        SampleClaim forgotten = on(0);
        SampleClaim kept = on(1);
        Claim claim = claimed(0, forgotten);
        claimed(0, kept);
        redis.masters().getFirst().run("FLUSHALL");
        claimed(0, on(0));

        assertThat(ask(1, forgotten)).isEqualTo(IN_FLIGHT);
        assertThat(ask(1, kept)).isEqualTo(IN_FLIGHT);
        assertThat(replicas.getFirst().settling(claim, "dev", at(40), at(1))).isTrue();
    }

    @Test
    void claimForgottenByItsMaster_isSettledByOneOfTwo() {
        SampleClaim sample = on(2);
        Claim first = claimed(0, sample);
        redis.masters().get(2).run("FLUSHALL");
        Claim second = claimed(1, sample);

        assertThat(replicas.get(1).settling(second, "dev", at(40), at(1))).isTrue();
        assertThat(replicas.get(0).settling(first, "dev", at(40), at(1))).isFalse();
    }

    @Test
    void masterThatThrowsKeysAway_isRefused() {
        RedisServer master = redis.masters().get(1);
        master.run("CONFIG SET maxmemory-policy allkeys-lru");
        try {
            assertThat(refusal(redis.url()))
                    .contains("port " + master.port() + ", a master of the cluster")
                    .contains("set maxmemory-policy noeviction");
        } finally {
            master.run("CONFIG SET maxmemory-policy noeviction");
        }
    }

    @Test
    void nodeNamedAsASingleRedis_andTheOtherWayRound_areRefused(RedisServer single) {
        assertThat(refusal(redis.masters().getFirst().url())).contains("write redis-cluster:// instead of redis://");
        assertThat(refusal(single.url().replace("redis://", "redis-cluster://")))
                .contains("is no cluster; write redis:// or rediss:// instead of redis-cluster://");
    }

    private String refusal(String url) {
        try {
            RedisBook.open(book, url, "cluster").close();
        } catch (BookOpenException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("opened " + url);
    }
}
