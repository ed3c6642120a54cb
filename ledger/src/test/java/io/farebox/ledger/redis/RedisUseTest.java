package io.farebox.ledger.redis;

import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.SettledResult;
import io.farebox.ledger.BookOpenException;
import io.farebox.ledger.JdbcBook;
import io.farebox.servers.RedisServer;
import io.farebox.testkit.book.SampleClaim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of Redis, what stays there, and what happens without it. */
final class RedisUseTest {
    private static final SampleClaim FIRST = SampleClaim.of("first");

    private final RedisServer redis = new RedisServer(List.of());
    private JdbcBook book;
    private RedisBook claims;

    @BeforeEach
    void open(@TempDir Path folder) {
        book = JdbcBook.open("jdbc:h2:file:" + folder.resolve("book"));
        claims = RedisBook.open(book, redis.url(), "test");
    }

    @AfterEach
    void close() {
        claims.close();
        book.close();
        redis.close();
    }

    private Claim claimed(SampleClaim sample) {
        return ((ClaimResult.Claimed) claims.claim(sample.toRequest())).claim();
    }

    private long evals() {
        return redis.run("INFO commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_eval:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void finishedPayments_leaveNothingBehind() throws Exception {
        List<Future<?>> payments = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            for (int i = 0; i < 1000; i++) {
                int number = i;
                payments.add(threads.submit(() -> finish(number)));
            }
        }
        for (Future<?> payment : payments) payment.get();
        for (int i = 0; i < 1000; i++)
            claims.claim(FIRST.key("k" + i).onlyIfKnown().toRequest());

        claims.claim(FIRST.key("k1").toRequest());
        claimed(FIRST.key("in flight").payer(SampleClaim.payer(1001)));
        // The epoch, and the one in flight; what was given back before it is gone.
        assertThat(redis.run("DBSIZE")).isEqualTo(":2");
    }

    private void finish(int i) {
        Claim claim = claimed(FIRST.key("k" + i).payer(SampleClaim.payer(i)));
        if (i % 3 == 0) {
            assertThat(claims.released(claim, "no", at(1))).isTrue();
            return;
        }
        assertThat(claims.settling(claim, "dev", at(40), at(1))).isTrue();
        assertThat(claims.settled(claim, receipt("0x" + i), DeliveryState.RUNNING, at(1000), at(1)))
                .isEqualTo(SettledResult.RECORDED);
        assertThat(claims.delivered(claim, at(1))).isTrue();
    }

    @Test
    void payment_takesOneRoundTripToClaimAndOneToGiveBack() {
        long before = evals();
        Claim claim = claimed(FIRST);
        assertThat(evals() - before).isEqualTo(1);

        claims.settling(claim, "dev", at(40), at(1));
        claims.settled(claim, receipt("0x1"), DeliveryState.RUNNING, at(1000), at(1));
        claims.delivered(claim, at(1));
        claimed(FIRST.key("second").payer(SampleClaim.payer(2)));
        assertThat(evals() - before).isEqualTo(3);
    }

    @Test
    void keys_areShortWhateverThePaymentIs() {
        claimed(FIRST.key("x".repeat(5_000)));

        assertThat(redis.run("RANDOMKEY").length() + redis.run("RANDOMKEY").length())
                .isLessThan(200);
    }

    @Test
    void redisAway_isSaidAtOnce_andOverSoon() throws Exception {
        Claim before = claimed(FIRST);
        redis.stop();
        for (int i = 0; i < 3; i++) assertUnavailableSoon(FIRST.key("away"));
        // The book is there, so what is under way goes on.
        assertThat(claims.settling(before, "dev", at(40), at(1))).isTrue();

        redis.start();
        awaitService(claims, FIRST.key("back").payer(SampleClaim.payer(2)));
    }

    @Test
    void connectionThatFellSilent_isReplaced() throws Exception {
        try (VanishingProxy proxy = new VanishingProxy(redis.port());
                RedisBook far = RedisBook.open(book, "redis://127.0.0.1:" + proxy.port(), "test")) {
            assertThat(far.claim(FIRST.toRequest())).isInstanceOf(ClaimResult.Claimed.class);
            proxy.vanish();
            awaitService(far, FIRST.key("second").payer(SampleClaim.payer(2)));
        }
    }

    /** It may be the starting process itself that is slow. */
    @Test
    void firstAnswersAreLate_startsAllTheSame() throws Exception {
        try (VanishingProxy proxy = new VanishingProxy(redis.port())) {
            proxy.slow(Duration.ofMillis(150), Duration.ofSeconds(2));
            try (RedisBook far = RedisBook.open(book, "redis://127.0.0.1:" + proxy.port(), "test")) {
                awaitService(far, FIRST);
            }
        }
    }

    private static void awaitService(RedisBook book, SampleClaim sample) throws InterruptedException {
        long since = System.nanoTime();
        while (!isServed(book, sample)) {
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
            Thread.sleep(10);
        }
    }

    private static boolean isServed(RedisBook claims, SampleClaim sample) {
        try {
            return claims.claim(sample.toRequest()) instanceof ClaimResult.Claimed;
        } catch (BookUnavailableException e) {
            return false;
        }
    }

    @Test
    void silentRedis_isGivenUpAfterItsDeadline() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> silence = threads.submit(() -> redis.run("DEBUG SLEEP 1"));
            while (isAwake()) Thread.onSpinWait();
            assertUnavailableSoon(FIRST);
            assertThat(silence.get()).isEqualTo("+OK");
        }
        // What was not answered was given back: nobody has to wait for its lease.
        claimed(FIRST);
    }

    private boolean isAwake() {
        long start = System.nanoTime();
        try {
            claims.claim(SampleClaim.of("probe").onlyIfKnown().toRequest());
            return true;
        } catch (BookUnavailableException e) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
            return false;
        }
    }

    private void assertUnavailableSoon(SampleClaim sample) {
        long start = System.nanoTime();
        assertThatExceptionOfType(BookUnavailableException.class).isThrownBy(() -> claims.claim(sample.toRequest()));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void redisThatThrowsKeysAway_isRefused() {
        redis.run("CONFIG SET maxmemory-policy allkeys-lru");
        assertThat(refusal(redis.url())).contains("allkeys-lru").contains("set maxmemory-policy noeviction");
    }

    @Test
    void redisThatIsNotThere_isRefusedWithoutItsPassword() {
        redis.stop();
        assertThat(refusal("redis://:hidden-word@127.0.0.1:" + redis.port()))
                .startsWith("claims.url: the Redis on 127.0.0.1, port " + redis.port())
                .doesNotContain("hidden-word");
    }

    @Test
    void urlsOfSomethingElse_areRefusedWithoutTheirPassword() {
        for (String url : List.of(
                "http://:hidden-word@redis",
                "redis://",
                "redis://:hidden-word@",
                "redis://:hidden-word%zz@host",
                "redis-sentinel://hidden-word@a,b",
                "redis-socket:///hidden-word"))
            assertThat(refusal(url))
                    .startsWith("claims.url: not a URL of a Redis; write redis://")
                    .doesNotContain("hidden-word");
    }

    private String refusal(String url) {
        try {
            RedisBook.open(book, url, "test").close();
        } catch (BookOpenException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("opened " + url);
    }
}
