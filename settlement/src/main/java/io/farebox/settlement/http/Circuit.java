package io.farebox.settlement.http;

import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Stops asking a facilitator that does not answer: open after half of at least ten calls within ten seconds failed, or four
 * fifths were slow; after five seconds a few calls try again. Thread-safe.
 *
 * <p>A failure is what the facilitator cannot have meant: no reply, or one that comes from something in front of it. A 400 or
 * 500 with a text of its own is none, because a stranger's odd payment could provoke it and shut everyone else out.
 */
final class Circuit {
    private static final Set<Integer> PROXY_ERRORS = Set.of(429, 502, 503, 504);
    private static final double SLOW_SHARE = 0.6;
    private static final Duration REST = Duration.ofSeconds(5);

    private final CircuitBreaker breaker;
    private volatile long openedAt;

    Circuit(String name, Duration deadline) {
        breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                10,
                                10,
                                SlidingWindowType.TIME_BASED,
                                CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .failureRateThreshold(50)
                        .slowCallRateThreshold(80)
                        .slowCallDurationThreshold(Duration.ofMillis((long) (deadline.toMillis() * SLOW_SHARE)))
                        .waitDurationInOpenState(REST)
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .maxWaitDurationInHalfOpenState(deadline.plusSeconds(5))
                        .writableStackTraceEnabled(false)
                        .build());
        breaker.getEventPublisher().onStateTransition(moved -> {
            if (moved.getStateTransition().getToState() == CircuitBreaker.State.OPEN) openedAt = System.nanoTime();
        });
    }

    /** A call that may fail. */
    interface Call {
        Reply make() throws CallFailure;
    }

    Reply through(Call call) throws CallFailure {
        if (!breaker.tryAcquirePermission()) throw new CallFailure(Reach.NOT_REACHED, "circuit_open");
        long start = System.nanoTime();
        boolean noted = false;
        try {
            Reply reply = call.make();
            note(!PROXY_ERRORS.contains(reply.status()), start);
            noted = true;
            return reply;
        } catch (CallFailure e) {
            if (e.reason.equals("too_many_calls")) breaker.releasePermission();
            else note(false, start);
            noted = true;
            throw e;
        } finally {
            if (!noted) breaker.releasePermission();
        }
    }

    /** Whether it failed when it was asked last. It may be time to ask it again, which only a call will do. */
    boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** Whether calls are refused now. */
    boolean isResting() {
        return isOpen() && System.nanoTime() - openedAt < REST.toNanos();
    }

    /** The facilitator answered something else: calls go to it again, unless they failed only just now. */
    void heard() {
        if (isOpen() && !isResting()) breaker.transitionToClosedState();
    }

    private void note(boolean well, long start) {
        long took = System.nanoTime() - start;
        if (well) breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        else breaker.onError(took, TimeUnit.NANOSECONDS, UNAVAILABLE);
    }

    private static final CallFailure UNAVAILABLE = new CallFailure(Reach.MAYBE_REACHED, "unavailable");
}
