package io.farebox.probe;

import io.farebox.probe.corpus.Trial;
import io.farebox.probe.wire.RawClient;
import io.farebox.probe.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Sends the corpus, a few requests at a time, until it is through or there is no point in going on. */
final class Sweep {
    private static final int AT_A_TIME = 8;
    /** Some odd requests are met with silence everywhere; so many in a row mean that something has died. */
    private static final int MOST_SILENT = 25;

    private static final int MOST_THROTTLED = 20;

    private final RawClient gateway;
    private final @Nullable RawClient upstream;
    private final Judge judge;
    private final Trial control;
    private final Progress progress;
    private final long deadline;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private int done;
    private int found;
    private volatile @Nullable String stopped;

    /**
     * @param control a plain request that has been answered before
     * @param deadline of {@link System#nanoTime}
     */
    Sweep(
            RawClient gateway,
            @Nullable RawClient upstream,
            Judge judge,
            Trial control,
            Progress progress,
            long deadline) {
        this.gateway = gateway;
        this.upstream = upstream;
        this.judge = judge;
        this.control = control;
        this.progress = progress;
        this.deadline = deadline;
    }

    /** Why it ended before its end; null if it did not. */
    @Nullable
    String stopped() {
        return stopped;
    }

    /** What became of each request, in their order; null for those that were not sent. */
    AtomicReferenceArray<Judge.@Nullable Judgement> run(List<Trial> trials) {
        AtomicReferenceArray<Judge.@Nullable Judgement> judgements = new AtomicReferenceArray<>(trials.size());
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) all.add(workers.submit(() -> work(trials, judgements)));
            for (Future<?> each : all) join(each);
        }
        return judgements;
    }

    private static void join(Future<?> worker) {
        try {
            worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the probe itself has failed", e.getCause());
        }
    }

    private void work(List<Trial> trials, AtomicReferenceArray<Judge.@Nullable Judgement> judgements) {
        for (int i = next.getAndIncrement(); i < trials.size() && mayGoOn(); i = next.getAndIncrement()) {
            Trial trial = trials.get(i);
            Reply reply = gateway.send(trial);
            Reply direct = upstream == null ? null : upstream.send(trial);
            Judge.Judgement judgement = judge.judge(trial, reply, direct);
            judgements.set(i, judgement);
            tell(judgement, trials.size());
            watch(judgement.outcome(), i + 1);
        }
    }

    private boolean mayGoOn() {
        if (stopped != null || Thread.currentThread().isInterrupted()) return false;
        if (System.nanoTime() < deadline) return true;
        stopped = "the time was up (--max-time)";
        return false;
    }

    private void watch(Outcome outcome, int sent) {
        if (outcome == Outcome.THROTTLED
                && throttled.incrementAndGet() >= MOST_THROTTLED
                && throttled.get() * 20 > sent) {
            stopped = "the gateway answers 429; lower --rate, or let the probe pass its limits";
        }
        if (outcome != Outcome.SILENT) {
            silent.set(0);
        } else if (silent.incrementAndGet() >= MOST_SILENT) {
            silent.set(0);
            if (gateway.send(control) instanceof Reply.Silence) {
                stopped = "the gateway stopped answering after some " + sent + " requests";
            }
        }
    }

    private synchronized void tell(Judge.Judgement judgement, int of) {
        done++;
        if (judgement.finding() != null) found++;
        progress.at(done, of, found);
    }
}
