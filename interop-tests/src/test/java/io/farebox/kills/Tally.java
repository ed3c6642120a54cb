package io.farebox.kills;

import io.farebox.testkit.facilitator.Authorization;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What was sent and what was answered, with the times of both. Thread-safe while requests come in. */
final class Tally {
    /** How long after Redis is back payments are not asked to be served: a twentieth of what is promised. */
    private static final Duration COMING_BACK = Duration.ofMillis(500);

    /** @param fresh whether it was a payment's own request rather than a replay */
    private record Request(
            Authorization payment, boolean fresh, Instant sent, Instant answered, int status, String error) {
        boolean isServed() {
            return status == 200;
        }
    }

    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> badRefusals = new ConcurrentLinkedQueue<>();

    void add(Authorization payment, boolean fresh, Instant sent, Wire.Answer answer) {
        String error = answer.status() == 200 ? "" : reason(answer.text());
        requests.add(new Request(payment, fresh, sent, Instant.now(), answer.status(), error));
        if (!isRight(answer)) badRefusals.add(answer.status() + " " + answer.text());
    }

    /** A payment that lay about for long is too old to be taken, on a machine that is slow. */
    private static boolean isRight(Wire.Answer answer) {
        return switch (answer.status()) {
            case 200, 409 -> true;
            case 503 -> !answer.headers().containsKey("PAYMENT-REQUIRED");
            case 402 -> reason(answer.text()).endsWith("authorization_valid_before");
            default -> false;
        };
    }

    void lost(Authorization payment, boolean fresh, Instant sent) {
        requests.add(new Request(payment, fresh, sent, Instant.now(), 0, "no answer"));
    }

    /** The error code of an answer that we made. */
    static String reason(String body) {
        int at = body.indexOf("\"error\":\"");
        return at < 0 ? "" : body.substring(at + 9, body.indexOf('"', at + 9));
    }

    /** What came so far was to warm up. */
    void forget() {
        requests.clear();
        badRefusals.clear();
    }

    /** Payments with more than one whole answer. */
    List<Authorization> servedTwice() {
        return requests.stream()
                .filter(Request::isServed)
                .collect(Collectors.groupingBy(Request::payment, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(one -> one.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    List<Authorization> servedUnpaid(Chain chain) {
        return requests.stream()
                .filter(Request::isServed)
                .map(Request::payment)
                .filter(payment -> !chain.isCharged(payment))
                .toList();
    }

    /** 503 with a price, and whatever else is neither 200 nor 409. */
    List<String> badRefusals() {
        return List.copyOf(badRefusals);
    }

    /** Percent of the fresh payments that were sent, and had their answer, between two outages. */
    double servedOutside(List<RedisCycles.Outage> outages) {
        return percentServed(outside(outages, COMING_BACK));
    }

    private static double percentServed(List<Request> asked) {
        return asked.isEmpty()
                ? 0
                : 100.0 * asked.stream().filter(Request::isServed).count() / asked.size();
    }

    private List<Request> outside(List<RedisCycles.Outage> outages, Duration after) {
        return requests.stream()
                .filter(Request::fresh)
                .filter(one -> outages.stream()
                        .noneMatch(outage -> one.sent().isBefore(outage.back().plus(after))
                                && one.answered().isAfter(outage.killed())))
                .toList();
    }

    /** From Redis being back to the first fresh payment that was sent afterwards and served, at worst. */
    Duration longestUntilServed(List<RedisCycles.Outage> outages) {
        return outages.stream()
                .map(outage -> untilServed(outage.back()))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private Duration untilServed(Instant back) {
        return requests.stream()
                .filter(Request::fresh)
                .filter(one -> one.isServed() && !one.sent().isBefore(back))
                .map(one -> Duration.between(back, one.sent()))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** What came of requests in the seconds after the outage from which it took longest to come back. */
    private String worst(List<RedisCycles.Outage> outages, Instant began) {
        Instant back = outages.stream()
                .map(RedisCycles.Outage::back)
                .max(Comparator.comparing(this::untilServed))
                .orElseThrow();
        Map<Long, Map<String, Long>> seconds = requests.stream()
                .filter(one ->
                        !one.sent().isBefore(back.minusSeconds(2)) && one.sent().isBefore(back.plusSeconds(8)))
                .collect(Collectors.groupingBy(
                        one -> Duration.between(back, one.sent()).toSeconds(),
                        TreeMap::new,
                        Collectors.groupingBy(
                                one -> one.status() + " " + one.error(), TreeMap::new, Collectors.counting())));
        return "%d s after the begin: by seconds from Redis' first answer %s"
                .formatted(Duration.between(began, back).toSeconds(), seconds);
    }

    void tell(Instant began, RedisCycles cycles, MemoryChain chain) {
        double seconds = Duration.between(
                                began,
                                requests.stream()
                                        .map(Request::sent)
                                        .max(Instant::compareTo)
                                        .orElseThrow())
                        .toMillis()
                / 1e3;
        List<RedisCycles.Outage> outages = cycles.outages();
        System.out.printf(
                "redis: %d kills and %d FLUSHALL in %.0f s, %d requests (%.0f a second), %d of them fresh payments%n",
                outages.size(),
                cycles.flushes(),
                seconds,
                requests.size(),
                requests.size() / seconds,
                requests.stream().filter(Request::fresh).count());
        System.out.printf("redis: answers %s%n", answers());
        System.out.printf(
                "redis: %d charges, %d served twice, %d unpaid, %d bad refusals; outside the outages %.2f %% of %d served"
                        + " (%.2f %% of %d counted from the first answer of Redis), served again %.1f s after it at worst%n",
                chain.charges(),
                servedTwice().size(),
                servedUnpaid(chain).size(),
                badRefusals.size(),
                servedOutside(outages),
                outside(outages, COMING_BACK).size(),
                percentServed(outside(outages, Duration.ZERO)),
                outside(outages, Duration.ZERO).size(),
                longestUntilServed(outages).toMillis() / 1e3);
        System.out.printf("redis: the worst outage, %s%n", worst(outages, began));
    }

    private Map<String, Long> answers() {
        return requests.stream()
                .collect(Collectors.groupingBy(
                        one -> (one.fresh() ? "fresh " : "replay ") + one.status() + " " + one.error(),
                        TreeMap::new,
                        Collectors.counting()));
    }
}
