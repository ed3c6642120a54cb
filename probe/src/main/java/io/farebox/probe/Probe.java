package io.farebox.probe;

import io.farebox.probe.Finding.Kind;
import io.farebox.probe.Finding.Severity;
import io.farebox.probe.corpus.Aim;
import io.farebox.probe.corpus.Corpus;
import io.farebox.probe.corpus.Shape;
import io.farebox.probe.corpus.Trial;
import io.farebox.probe.wire.Address;
import io.farebox.probe.wire.Pace;
import io.farebox.probe.wire.RawClient;
import io.farebox.probe.wire.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Probes a deployment: first looks at it with plain requests, then sends the corpus, to the gateway and, if it is known, to the
 * server behind it, and judges what comes back. Never pays, follows nothing, and contacts nobody but the plan's addresses.
 */
public final class Probe {
    private final ProbePlan plan;
    private final Progress progress;
    private final RawClient gateway;
    private final @Nullable RawClient upstream;

    public Probe(ProbePlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        this.gateway = client(plan.site().gateway());
        Address behind = plan.site().upstream();
        this.upstream = behind == null ? null : client(behind);
    }

    /**
     * Runs it; takes as long as the plan allows.
     *
     * @throws ProbeException if it could not begin, because nothing answers
     */
    public ProbeReport run() throws ProbeException {
        Instant started = Instant.now();
        long begin = System.nanoTime();
        long deadline = begin + plan.manner().longest().toNanos();
        Survey survey = new Survey(plan, gateway, upstream);
        Knowledge knowledge = survey.take();
        List<Finding> findings = new ArrayList<>(survey.findings);
        plan.site().closed().forEach(address -> closed(address, findings));
        Map<Shape, Tally> tallies = new EnumMap<>(Shape.class);
        String incomplete = null;
        List<Aim> guarded = survey.guarded();
        if (!guarded.isEmpty()) incomplete = sweep(guarded, knowledge, deadline, findings, tallies);
        Address behind = plan.site().upstream();
        return new ProbeReport(
                plan.site().gateway().toString(),
                behind == null ? null : behind.toString(),
                started,
                java.time.Duration.ofNanos(System.nanoTime() - begin),
                plan.extent().seed(),
                survey.routes,
                plan.routes().skipped(),
                tallies,
                findings,
                incomplete);
    }

    /** Sends the corpus; returns why not all of it was tried, or null. */
    private @Nullable String sweep(
            List<Aim> aims, Knowledge knowledge, long deadline, List<Finding> findings, Map<Shape, Tally> tallies) {
        List<Trial> trials = Corpus.of(aims, legalBases(aims), plan.extent());
        Judge judge = new Judge(knowledge, upstream != null, gateway::send);
        Trial control = Survey.plain(aims.getFirst());
        int before = status(control);
        Sweep sweep = new Sweep(gateway, upstream, judge, control, progress, deadline);
        AtomicReferenceArray<Judge.@Nullable Judgement> judgements = sweep.run(trials);
        for (int i = 0; i < judgements.length(); i++) {
            Judge.Judgement judgement = judgements.get(i);
            if (judgement == null) continue;
            Tally tally = tallies.getOrDefault(trials.get(i).shape(), Tally.NONE);
            tallies.put(trials.get(i).shape(), tally.with(judgement));
            if (judgement.finding() != null) findings.add(judgement.finding());
        }
        if (sweep.stopped() != null) return sweep.stopped();
        int after = status(control);
        if (after == before) return null;
        return "a plain request was answered " + before + " at the beginning and " + after
                + " at the end: what lies between proves nothing";
    }

    private int status(Trial trial) {
        return gateway.send(trial) instanceof Reply.Answer answer ? answer.status() : 0;
    }

    private List<String> legalBases(List<Aim> aims) {
        Set<String> bases = new LinkedHashSet<>(List.of(plan.site().prefix()));
        plan.routes().free().forEach(free -> bases.add(trimmed(free)));
        aims.forEach(aim -> bases.add(trimmed(aim.path())));
        return List.copyOf(bases);
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private void closed(Address address, List<Finding> findings) {
        Trial plain = Survey.plain(plan.routes().aims().getFirst());
        Reply reply = client(address).send(plain);
        if (reply instanceof Reply.Silence silence && silence.cause() == Reply.Cause.UNREACHABLE) return;
        int status = reply instanceof Reply.Answer answer ? answer.status() : 0;
        findings.add(new Finding(
                Kind.UPSTREAM_REACHABLE,
                Severity.HIGH,
                plain,
                status,
                0,
                address + " takes connections from here, past the gateway.",
                "Let it listen where only the gateway is: on loopback, or behind a network policy."));
    }

    private RawClient client(Address address) {
        return new RawClient(
                address,
                plan.manner().timeout(),
                new Pace(plan.manner().rate()),
                plan.manner().headers());
    }
}
