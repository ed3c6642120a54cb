package io.farebox.kills;

import io.farebox.servers.PostgresServer;
import io.farebox.servers.RedisServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.servers.SharedRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} at named points of a payment, with at least 25 others in flight: after a restart each is delivered, uncharged
 * or owed, nothing is stuck, the book equals the chain one by one, and who got nothing is served without a second charge.
 *
 * <p>{@code kills.lanes}: which hosts on which books; {@code kills.points}: which points; {@code kills.rounds}: how many kills at
 * each.
 */
@ExtendWith({SharedPostgres.class, SharedRedis.class})
class KillPointsTest {
    private static final int ROUNDS = Integer.getInteger("kills.rounds", 1);
    private static final String TIMES = System.getProperty("kills.times", ", settle-timeout: 10s");
    private static final Duration PROMISE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    static Stream<String> lanes() {
        return Stream.of(System.getProperty("kills.lanes", "servlet-h2").split(","));
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void killed_everyPaymentIsDeliveredUnchargedOrOwed(String lane, PostgresServer postgres, RedisServer redis)
            throws Exception {
        HostProcess.Kind kind = lane.startsWith("gateway") ? HostProcess.Kind.GATEWAY : HostProcess.Kind.SERVLET;
        boolean shared = lane.endsWith("postgres");
        String url = shared ? postgres.newDatabase() : "jdbc:h2:file:" + folder.resolve("book");
        String books = "book: { url: \"" + url + "\" }"
                + (shared ? "\nclaims: { url: \"" + redis.url() + "\", prefix: " + lane + " }" : "");
        BookView view = shared ? BookView.postgres(url) : BookView.h2(folder.resolve("book"));
        try (KillLane running = new KillLane(kind, folder, books, view, TIMES)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (KillPoint point : points()) tell(lane, round, point, running.killAt(point));
            }
            running.check();
            System.out.printf(
                    "kills: %s: %d charges, all in the book; answers before those who fetched were served: %s%n",
                    lane, running.charges(), running.refusals());
        }
    }

    private static void tell(String lane, int round, KillPoint point, KillLane.Outcome outcome) {
        System.out.printf(
                "kills: %s %d %s: %d payments, %d in flight, %d cut off, %d without an end, %d owed, %d charged when fetched; at rest %.1f s"
                        + " after the kill, %.1f s after the start%n",
                lane,
                round,
                point,
                outcome.payments(),
                outcome.flying(),
                outcome.cut(),
                outcome.withoutEnd(),
                outcome.owed(),
                outcome.chargedAnew(),
                outcome.restAfterKill().toMillis() / 1e3,
                outcome.restAfterStart().toMillis() / 1e3);
    }

    private static List<KillPoint> points() {
        return Arrays.stream(
                        System.getProperty("kills.points", "CHARGED,MID_BODY").split(","))
                .map(KillPoint::valueOf)
                .toList();
    }
}
