package io.farebox.chain.lookup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tries several ways to one answer: the next as soon as those before have none, or have taken longer than usual. Used for one
 * question.
 */
final class Hedge<A> {
    /** One way. It ends by itself, never throws, and soon after an interrupt. */
    interface Try<A> {
        A take();
    }

    private final Predicate<A> enough;
    private final A none;
    private final BlockingQueue<A> taken = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param none what stands for a try that broke */
    Hedge(Predicate<A> enough, A none) {
        this.enough = enough;
        this.none = none;
    }

    /** What was answered, the one that is enough at the end; fewer than there are tries if one is, or if interrupted. */
    List<A> first(List<Try<A>> tries, Duration patience) {
        List<A> answers = new ArrayList<>();
        try {
            while (answers.size() < tries.size()) {
                boolean waiting = threads.size() > answers.size();
                @Nullable A answer = waiting ? next(threads.size() < tries.size() ? patience : null) : null;
                if (answer == null) begin(tries.get(threads.size()));
                else answers.add(answer);
                if (answer != null && enough.test(answer)) return answers;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.forEach(Thread::interrupt);
        }
        return answers;
    }

    /** @param patience null to wait for as long as it takes */
    private @Nullable A next(@Nullable Duration patience) throws InterruptedException {
        return patience == null ? taken.take() : taken.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void begin(Try<A> one) {
        threads.add(Thread.ofVirtual().name("farebox-hedge").start(() -> run(one)));
    }

    private void run(Try<A> one) {
        A answer = none;
        try {
            answer = one.take();
        } finally {
            taken.add(answer);
        }
    }
}
