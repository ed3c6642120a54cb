package io.farebox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.interop.Node;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.facilitator.Authorization;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Unmodified clients of both generations in a naive loop, each starting again at another of three replicas and signing anew after
 * every failure: each is charged once for its one answer and served within 60 s of recovery, for every way in which settling
 * fails. {@code -Dcrowd.size=100 -Dcrowd.failures=all} for the long run.
 */
@ExtendWith(Fleets.Shared.class)
class NaiveCrowdTest {
    private static final int SIZE = Integer.getInteger("crowd.size", 2);
    private static final String WHICH = System.getProperty("crowd.failures", "settled on chain, answer lost");
    private static final Duration FAILS = Duration.ofSeconds(6);
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    /** Node takes its time on a busy machine. */
    private static final Duration ARRIVAL = Duration.ofMinutes(2);

    private record Failure(String name, Consumer<StubFacilitator> begins, Consumer<StubFacilitator> ends) {
        static Failure of(String name, Act act) {
            return new Failure(name, stub -> stub.alwaysSettle(act), stub -> stub.alwaysSettle(Acts.obey()));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void install() {
        Node.prepare();
    }

    private static Stream<Failure> failures() {
        return Stream.of(
                        new Failure("refused connection", StubFacilitator::stop, StubFacilitator::startAgain),
                        Failure.of("reset after the request was read", Acts.lost(Act.Loss.RESET)),
                        Failure.of("hang past the deadline", Acts.lost(Act.Loss.HANGS)),
                        Failure.of("500 with a body", Acts.serverError()),
                        Failure.of("502 with HTML", Acts.badGateway()),
                        Failure.of("429", Acts.busy(Duration.ofSeconds(1))),
                        Failure.of("200 with garbage", Acts.garbage()),
                        Failure.of("success:false", Acts.decline("insufficient_funds")),
                        Failure.of("success:false without a known reason", Acts.decline("something_new")),
                        Failure.of("success:true with a wrong network", Acts.successElsewhere("eip155:1")),
                        Failure.of("settlement_pending, then success", Acts.pending()),
                        Failure.of("settled on chain, answer lost", Acts.settledAnswerLost(Act.Loss.RESET)),
                        Failure.of("settled on chain, answer hangs", Acts.settledAnswerLost(Act.Loss.HANGS)))
                .filter(failure -> WHICH.equals("all") || WHICH.equals(failure.name()));
    }

    private static Stream<Arguments> cases() {
        return Fleet.Variant.chosen().flatMap(variant -> failures().map(failure -> Arguments.of(variant, failure)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void naiveCrowd_eachIsChargedOnceForOneAnswer(
            Fleet.Variant variant, Failure failure, Fleets fleets, @TempDir Path folder) throws Exception {
        Fleet fleet = fleets.get(variant);
        Path firsts = Files.createFile(folder.resolve("firsts"));
        List<JsonObject> callers = new ArrayList<>();
        Instant mended;
        failure.begins().accept(fleet.facilitator);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<JsonObject>>> crowds = Stream.of("x402-fetch", "@x402/fetch")
                    .map(client -> threads.submit(() -> crowd(client, fleet, firsts)))
                    .toList();
            awaitFirsts(firsts);
            failure.ends().accept(fleet.facilitator);
            mended = Instant.now();
            for (Future<List<JsonObject>> each : crowds) callers.addAll(each.get());
        }
        check(fleet, callers, mended);
        report(variant, failure, callers, mended);
    }

    /** It fails until everybody has come once, and for a while in any case. */
    private static void awaitFirsts(Path firsts) throws IOException {
        Instant begin = Instant.now();
        while (Files.size(firsts) < 2L * SIZE || Instant.now().isBefore(begin.plus(FAILS))) {
            if (Instant.now().isAfter(begin.plus(ARRIVAL))) throw new AssertionError("not all callers came");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static List<JsonObject> crowd(String client, Fleet fleet, Path firsts) {
        String urls = IntStream.range(0, Fleet.SIZE)
                .mapToObj(i -> fleet.url(i, Fleet.PATH).toString())
                .collect(Collectors.joining(","));
        return Node.run(
                "naive-crowd.mjs",
                Map.of(
                        "URLS",
                        urls,
                        "CLIENT",
                        client,
                        "CROWD",
                        Integer.toString(SIZE),
                        "FIRST",
                        firsts.toAbsolutePath().toString()),
                "",
                ARRIVAL.plus(RECOVERY).plusMinutes(3));
    }

    private static void check(Fleet fleet, List<JsonObject> callers, Instant mended) {
        Map<String, Long> charges = fleet.facilitator.ledger().charged().keySet().stream()
                .collect(Collectors.groupingBy(Authorization::from, Collectors.counting()));
        assertThat(callers).hasSize(2 * SIZE).allSatisfy(caller -> {
            assertThat(caller.bool("ok")).as("%s", caller).isTrue();
            assertThat(charges.get(caller.string("payer")))
                    .as("charges for one answer: %s", caller)
                    .isEqualTo(1);
            assertThat(fleet.upstream.runs(caller.string("payer"))).isPositive();
            assertThat(caller.integer("at") - mended.toEpochMilli()).isLessThan(RECOVERY.toMillis());
        });
    }

    private static void report(Fleet.Variant variant, Failure failure, List<JsonObject> callers, Instant mended) {
        long last =
                callers.stream().mapToLong(caller -> caller.integer("at")).max().orElseThrow();
        long again = callers.stream()
                .filter(caller -> caller.integer("attempts") > 1)
                .count();
        System.out.printf(
                "crowd at %s: %s: %d callers, %d attempts (%d came again), each charged once for one answer, the last served"
                        + " %.1f s after recovery%n",
                variant,
                failure,
                callers.size(),
                callers.stream().mapToLong(caller -> caller.integer("attempts")).sum(),
                again,
                (last - mended.toEpochMilli()) / 1e3);
    }
}
