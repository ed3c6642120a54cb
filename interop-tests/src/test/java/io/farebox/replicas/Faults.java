package io.farebox.replicas;

import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Makes things fail, one after the other, each noted before it happens; in the end everything is mended. */
final class Faults {
    private record Kind(String name, Runnable run) {}

    private final Fleet fleet;
    private final History history;
    private final Random random;
    private final List<Kind> kinds;

    Faults(Fleet fleet, History history, long seed, boolean kills) {
        this.fleet = fleet;
        this.history = history;
        this.random = new Random(seed);
        Stream<Kind> gentle = Stream.of(
                new Kind("stores take another time", () -> fleet.delay(random.nextInt(51))),
                new Kind("the way to the book is cut", fleet.bookLink::cut),
                new Kind("the facilitator settles and its answer is lost", () -> settle(lost(true))),
                new Kind("the facilitator hears nothing", () -> settle(lost(false))),
                new Kind("the facilitator says pending", () -> settle(Acts.pending())),
                new Kind("the facilitator is slow", () -> settle(Acts.drip(Duration.ofMillis(5)))),
                new Kind("the facilitator fails", () -> settle(Acts.serverError())),
                new Kind("the facilitator says no", () -> settle(Acts.decline("insufficient_funds"))),
                new Kind("the facilitator's verify is lost", () -> fleet.facilitator.onVerify(lost(true), lost(true))),
                new Kind("the facilitator is gone", this::stopFacilitator));
        Stream<Kind> ofRedis = Stream.of(
                new Kind("Redis forgets everything", () -> fleet.redis.run("FLUSHALL")),
                new Kind("Redis is restarted", this::restartRedis),
                new Kind("the way to Redis is cut", fleet.claimsLink::cut));
        Stream<Kind> all = fleet.variant.claims() == Fleet.Claims.REDIS ? Stream.concat(gentle, ofRedis) : gentle;
        Stream<Kind> deadly = Stream.of(new Kind("", this::kill), new Kind("", this::kill));
        this.kinds = (kills ? Stream.concat(all, deadly) : all).toList();
    }

    /** Goes on until then. Returns when all is mended and all replicas serve. */
    void run(Instant until) {
        while (Instant.now().isBefore(until)) {
            Kind kind = kinds.get(random.nextInt(kinds.size()));
            if (!kind.name().isEmpty()) history.add(new History.Fault(kind.name()));
            kind.run().run();
            pause(100 + random.nextInt(700));
        }
        fleet.facilitator.alwaysSettle(Acts.obey()).alwaysVerify(Acts.obey());
        fleet.delay(0);
        fleet.replicas.forEach(Replica::awaitServing);
        history.add(new History.Fault("none any more"));
    }

    private Act lost(boolean acts) {
        return new Act.Lose(random.nextBoolean() ? Act.Loss.RESET : Act.Loss.HANGS, acts);
    }

    private void settle(Act act) {
        for (int i = random.nextInt(4); i >= 0; i--) fleet.facilitator.onSettle(act);
    }

    private void stopFacilitator() {
        fleet.facilitator.stop();
        pause(random.nextInt(1_500));
        fleet.facilitator.startAgain();
    }

    private void restartRedis() {
        fleet.redis.stop();
        pause(random.nextInt(1_500));
        fleet.redis.start();
    }

    private void kill() {
        int number = random.nextInt(Fleet.SIZE);
        Replica replica = fleet.replicas.get(number);
        replica.kill();
        history.add(new History.Killed(number));
        pause(random.nextInt(500));
        replica.start();
        // One at a time is dead: what is shown is that the others go on.
        if (random.nextInt(3) > 0) replica.awaitServing();
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
