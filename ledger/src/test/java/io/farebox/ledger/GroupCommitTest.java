package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.ClaimResult;
import io.farebox.testkit.book.SampleClaim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The writer over a database in memory, whose disk a test can hold back or break. */
final class GroupCommitTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private TestDisk disk;
    private GroupCommit writer;

    @BeforeEach
    void open() throws SQLException {
        disk = new TestDisk();
    }

    @AfterEach
    void close() {
        disk.letGo();
        writer.close();
        disk.close();
    }

    private void start(int capacity, Duration patience) {
        writer = new GroupCommit(disk, capacity, patience);
        writer.start();
    }

    private static Pending.Work<ClaimResult> claim(String key) {
        return session -> Claiming.claim(session, SampleClaim.of(key).toRequest());
    }

    private CompletableFuture<ClaimResult> claimLater(String key) {
        CompletableFuture<ClaimResult> later = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                later.complete(writer.call(Touched.NOTHING, claim(key)));
            } catch (RuntimeException e) {
                later.completeExceptionally(e);
            }
        });
        return later;
    }

    /** Occupies the writer until {@link TestDisk#letGo}. */
    private CompletableFuture<ClaimResult> claimHeldBack(String key) {
        disk.holdBack();
        CompletableFuture<ClaimResult> held = claimLater(key);
        disk.awaitHeldBack();
        return held;
    }

    private void awaitWaiting(int operations) {
        while (writer.waiting() < operations) Thread.yield();
    }

    @Test
    void operationsThatGather_shareACommit() throws Exception {
        start(100, LONG);
        CompletableFuture<ClaimResult> first = claimHeldBack("first");
        List<CompletableFuture<ClaimResult>> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) others.add(claimLater("k" + i));
        awaitWaiting(50);
        assertThat(first).isNotDone();

        disk.letGo();

        assertThat(first.get()).isInstanceOf(ClaimResult.Claimed.class);
        for (CompletableFuture<ClaimResult> other : others)
            assertThat(other.get()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(disk.forced()).isEqualTo(2);
        assertThat(disk.rows()).isEqualTo(51);
    }

    @Test
    void answers_waitForTheDisk() throws Exception {
        start(100, LONG);
        CompletableFuture<ClaimResult> claim = claimHeldBack("first");

        assertThatExceptionOfType(java.util.concurrent.TimeoutException.class)
                .isThrownBy(() -> claim.get(50, TimeUnit.MILLISECONDS));
    }

    @Test
    void failingOperation_spoilsNoOther() throws Exception {
        start(100, LONG);
        CompletableFuture<ClaimResult> first = claimHeldBack("first");
        CompletableFuture<ClaimResult> before = claimLater("before");
        awaitWaiting(1);
        CompletableFuture<ClaimResult> tooLong = claimLater("x".repeat(501));
        awaitWaiting(2);
        CompletableFuture<ClaimResult> after = claimLater("after");
        awaitWaiting(3);
        disk.letGo();

        assertThat(first.get()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(before.get()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(after.get()).isInstanceOf(ClaimResult.Claimed.class);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(tooLong::get)
                .withCauseInstanceOf(BookUnavailableException.class)
                .withMessageContaining("nothing was written");
        assertThat(disk.rows()).isEqualTo(3);
    }

    @Test
    void operationThatFailsHalfway_leavesNothing() {
        start(100, LONG);
        Pending.Work<ClaimResult> halfway = session -> {
            claim("half").run(session);
            throw new IllegalStateException("a mistake");
        };

        assertThatExceptionOfType(BookUnavailableException.class)
                .isThrownBy(() -> writer.call(Touched.NOTHING, halfway));
        assertThat(disk.rows()).isZero();
    }

    @Test
    void brokenDisk_leavesAllInDoubt_andTheNextOperationConnectsAnew() throws Exception {
        start(100, LONG);
        CompletableFuture<ClaimResult> first = claimHeldBack("first");
        CompletableFuture<ClaimResult> second = claimLater("second");
        awaitWaiting(1);
        disk.breakNext();
        disk.letGo();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(first::get)
                .withCauseInstanceOf(BookUnavailableException.class)
                .withMessageContaining("it is not known whether this was written");
        assertThat(second.get()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(disk.connections()).isEqualTo(2);
    }

    @Test
    void whatCouldNotBeForced_isForcedBeforeAnythingIsAnswered() {
        start(100, LONG);
        disk.breakNext();
        assertThatExceptionOfType(BookUnavailableException.class)
                .isThrownBy(() -> writer.call(Touched.NOTHING, claim("first")));
        int forced = disk.forced();

        // It writes nothing itself, but its answer stands on the row above.
        assertThat(writer.call(Touched.NOTHING, claim("first"))).isEqualTo(new ClaimResult.InFlight());
        assertThat(disk.forced()).isGreaterThan(forced);
    }

    @Test
    @Timeout(60)
    void quietBook_isForcedAgain_forWhatTheDatabaseWroteByItself() {
        start(100, LONG);
        writer.call(Touched.NOTHING, claim("first"));
        int forced = disk.forced();
        disk.holdBack();

        disk.awaitHeldBack();
        disk.letGo();
        while (disk.forced() == forced) Thread.yield();
        assertThat(writer.call(Touched.NOTHING, claim("second"))).isInstanceOf(ClaimResult.Claimed.class);
    }

    @Test
    void missingDatabase_isUnavailableUntilItIsBack() {
        start(100, LONG);
        disk.refuse(true);
        assertThatExceptionOfType(BookUnavailableException.class)
                .isThrownBy(() -> writer.call(Touched.NOTHING, claim("first")));
        disk.refuse(false);

        assertThat(writer.call(Touched.NOTHING, claim("first"))).isInstanceOf(ClaimResult.Claimed.class);
    }

    @Test
    void callerThatGivesUpInTheQueue_isNeverServed() throws Exception {
        start(100, SHORT);
        CompletableFuture<ClaimResult> first = claimHeldBack("first");

        assertThatExceptionOfType(BookUnavailableException.class)
                .isThrownBy(() -> writer.call(Touched.NOTHING, claim("late")))
                .withMessageContaining("nothing was written");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(first::get)
                .withMessageContaining("it is not known whether it was written");
        disk.letGo();
        writer.close();
        assertThat(disk.rows()).isOne();
    }

    @Test
    void fullQueue_refusesAtOnce() {
        start(1, LONG);
        CompletableFuture<ClaimResult> first = claimHeldBack("first");
        CompletableFuture<ClaimResult> waiting = claimLater("waiting");
        awaitWaiting(1);

        assertThatExceptionOfType(BookUnavailableException.class)
                .isThrownBy(() -> writer.call(Touched.NOTHING, claim("one too many")))
                .withMessageContaining("too many operations");
        disk.letGo();
        assertThat(first.join()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(waiting.join()).isInstanceOf(ClaimResult.Claimed.class);
    }

    @Test
    void close_writesWhatWaits_andRefusesWhatComes() throws Exception {
        start(100, LONG);
        claimHeldBack("first");
        List<CompletableFuture<ClaimResult>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) waiting.add(claimLater("k" + i));
        awaitWaiting(20);
        Thread closing = Thread.ofVirtual().start(writer::close);
        awaitWaiting(21); // the writer's own last one
        assertThatExceptionOfType(BookUnavailableException.class)
                .isThrownBy(() -> writer.call(Touched.NOTHING, claim("late")))
                .withMessageContaining("closed");
        disk.letGo();
        closing.join();

        for (CompletableFuture<ClaimResult> one : waiting)
            assertThat(one.get()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(disk.rows()).isEqualTo(21);
    }

    @Test
    void interruptedCaller_getsItsAnswerAndStaysInterrupted() throws Exception {
        start(100, LONG);
        disk.holdBack();
        CompletableFuture<ClaimResult> answer = new CompletableFuture<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Thread caller = Thread.ofVirtual().start(() -> {
            answer.complete(writer.call(Touched.NOTHING, claim("first")));
            interrupted.set(Thread.currentThread().isInterrupted());
            ended.countDown();
        });
        disk.awaitHeldBack();
        caller.interrupt();
        disk.letGo();

        ended.await();
        assertThat(answer.get()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(interrupted).isTrue();
    }
}
