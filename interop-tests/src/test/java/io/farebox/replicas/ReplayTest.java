package io.farebox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.facilitator.Authorization;
import io.farebox.x402.SchemePayload;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One payment sent many times at once to three processes, whose stores are slow, is served once and charged once; whoever else
 * asked is told so and never asked for another payment. {@code -Dreplays.rounds=200 -Dreplays.parallel=300
 * -Dfleets=REDIS-GATEWAY,BOOK-GATEWAY,REDIS-SERVLET,BOOK-SERVLET} for the long run.
 */
@ExtendWith(Fleets.Shared.class)
class ReplayTest {
    private static final int ROUNDS = Integer.getInteger("replays.rounds", 5);
    private static final int PARALLEL = Integer.getInteger("replays.parallel", 60);
    private static final int DELAY_MILLIS = Integer.getInteger("replays.delay", 50);
    private static final long SEED = Long.getLong("replays.seed", System.nanoTime());
    private static final int WARMING = 10;
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private final Shopper shopper = new Shopper();
    private final Random random = new Random(SEED);
    private final Map<String, Integer> answers = new TreeMap<>();
    private Fleet fleet;
    private int servedLate;

    @AfterEach
    void close() {
        shopper.close();
        if (fleet != null) fleet.delay(0);
    }

    private static Stream<Fleet.Variant> fleets() {
        return Fleet.Variant.chosen();
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void samePayment_toThreeReplicas_isServedAndChargedOnce(Fleet.Variant variant, Fleets fleets) throws Exception {
        playAll(fleets.get(variant), "the same header", true);
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void equalPayments_howeverSpelled_areServedAndChargedOnce(Fleet.Variant variant, Fleets fleets) throws Exception {
        playAll(fleets.get(variant), "headers in different spellings", false);
    }

    /** Otherwise the rounds would show nothing: what is no payment is refused anyhow. */
    @ParameterizedTest
    @MethodSource("fleets")
    void everySpelling_alone_isTaken(Fleet.Variant variant, Fleets fleets) throws Exception {
        fleet = fleets.get(variant);
        Payer.Challenge challenge = shopper.ask(url(0));
        for (int i = 0; i < 30; i++) {
            Spelling.Header header = challenge.spelling().any(new Payer().sign(challenge), random);
            Shopper.Answer answer = shopper.pay(url(i), header, Shopper.PATIENCE);
            assertThat(answer.status())
                    .as("seed %d: %s %s", SEED, header, answer)
                    .isEqualTo(200);
        }
    }

    private void playAll(Fleet on, String what, boolean plain) throws Exception {
        fleet = on;
        for (int i = 0; i < WARMING; i++) play(Fleet.SIZE, true);
        answers.clear();
        servedLate = 0;
        fleet.delay(DELAY_MILLIS);
        Instant begin = Instant.now();
        for (int round = 0; round < ROUNDS; round++) play(PARALLEL, plain);
        System.out.printf(
                "%s: %d rounds of %d times %s in %d s: one delivery and one charge each; answers %s;"
                        + " rounds served only when sent again: %d%n",
                fleet.variant,
                ROUNDS,
                PARALLEL,
                what,
                Duration.between(begin, Instant.now()).toSeconds(),
                answers,
                servedLate);
    }

    private void play(int count, boolean plain) throws Exception {
        Payer payer = new Payer();
        Payer.Challenge challenge = shopper.ask(url(random.nextInt(Fleet.SIZE)));
        SchemePayload.Eip3009 payment = payer.sign(challenge);
        List<Spelling.Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Spelling spelling = challenge.spelling();
            headers.add(plain ? spelling.plain(2, payment) : spelling.any(payment, random));
        }
        List<Shopper.Answer> all = new ArrayList<>(together(headers));
        for (Shopper.Answer each : all) answers.merge(each.status() + " " + reason(each), 1, Integer::sum);
        if (all.stream().noneMatch(answer -> answer.status() == 200)) all.add(again(headers));
        check(payer, Payer.authorization(payment), all);
    }

    private static String reason(Shopper.Answer answer) {
        return answer.status() == 200 ? "" : answer.body().replaceAll("(?s).*\"error\"\\s*:\\s*\"([^\"]*)\".*", "$1");
    }

    private List<Shopper.Answer> together(List<Spelling.Header> headers) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Shopper.Answer>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < headers.size(); i++) {
                URI url = url(i);
                Spelling.Header header = headers.get(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return shopper.pay(url, header, Shopper.PATIENCE);
                }));
            }
            start.countDown();
        }
        List<Shopper.Answer> all = new ArrayList<>();
        for (Future<Shopper.Answer> each : running) all.add(each.get());
        return all;
    }

    /** Nobody was served, since a store was too slow for everybody: then the payment must still be good. */
    private Shopper.Answer again(List<Spelling.Header> headers) throws IOException, InterruptedException {
        servedLate++;
        Instant end = Instant.now().plus(RECOVERY);
        while (Instant.now().isBefore(end)) {
            Shopper.Answer answer = shopper.pay(url(random.nextInt(Fleet.SIZE)), headers.getFirst(), Shopper.PATIENCE);
            if (answer.status() == 200) return answer;
            assertThat(answer.status())
                    .as("seed %d: served by nobody, then %s; before: %s", SEED, answer, answers)
                    .isIn(409, 503);
            Thread.sleep(250);
        }
        throw new AssertionError("seed " + SEED + ": a payment was served by nobody within " + RECOVERY);
    }

    private void check(Payer payer, Authorization authorization, List<Shopper.Answer> all) {
        String seed = "seed " + SEED;
        assertThat(all).as(seed).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(all)
                .as(seed)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertThat(answer.status()).isIn(409, 503));
        assertThat(all).as(seed).noneMatch(Shopper.Answer::asksAgain);
        assertThat(fleet.facilitator.ledger().isCharged(authorization)).as(seed).isTrue();
        assertThat(fleet.upstream.runs(payer.address())).as(seed).isOne();
    }

    private URI url(int i) {
        return fleet.url(i, Fleet.PATH);
    }
}
