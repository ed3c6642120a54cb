package io.farebox.probe.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes requests that try to reach a priced route unpaid, and requests that must never be refused. The same arguments make the
 * same requests, in the same order. No request carries a payment.
 */
public final class Corpus {
    /** A host name that belongs to nobody, by which some requests claim to have come. */
    public static final String STRANGER = FormShapes.STRANGER;

    /** Of a hundred requests, how many are plain legal ones. */
    private static final int LEGAL_PERCENT = 20;

    /** Random targets repeat themselves at last; then there are fewer than asked for. */
    private static final int TRIES_EACH = 50;

    private Corpus() {}

    /**
     * How much to make.
     *
     * @param count how many requests, all routes together
     * @param seed of what is random
     * @param unsafe whether methods that may change something are among them, by name or by override
     */
    public record Extent(int count, long seed, boolean unsafe) {
        public Extent {
            if (count < 1) throw new IllegalArgumentException("at least one request");
        }
    }

    /**
     * Requests aimed at routes, and legal ones. Those that are known to have slipped past gateways come first; the rest is in
     * random order, so that a run which is broken off has seen something of everything. Fewer than asked for only if there are
     * not as many different ones.
     *
     * @param aims at least one
     * @param legalBases paths to try legal URLs below, without a slash at the end; the empty one for the root
     */
    public static List<Trial> of(List<Aim> aims, List<String> legalBases, Extent extent) {
        if (aims.isEmpty()) throw new IllegalArgumentException("nothing to aim at");
        Random random = new Random(extent.seed());
        int legal = extent.count() * LEGAL_PERCENT / 100;
        int hostile = extent.count() - legal;
        var first = new Distinct();
        for (Aim aim : aims) first.addAll(KnownShapes.of(aim));
        var rest = new Distinct(first);
        rest.addAll(systematic(aims, extent.unsafe(), random), hostile - first.size());
        mixed(aims, extent.unsafe(), random, rest, hostile - first.size());
        // Some more than needed: a few of the hostile ones are legal too.
        List<Trial> plain = legal(legalBases, legal + legal / 4 + 50, random.nextLong()).stream()
                .map(target -> Trial.of(Shape.LEGAL, "", "GET", target))
                .toList();
        rest.addAll(plain, rest.size() + legal);
        List<Trial> all = new ArrayList<>(rest.trials());
        Collections.shuffle(all, random);
        all.addAll(0, first.trials());
        return List.copyOf(all.subList(0, Math.min(all.size(), extent.count())));
    }

    /** Different hostile targets alone: the systematic ones in random order, then random ones. */
    public static List<String> targets(Aim aim, int count, long seed) {
        Random random = new Random(seed);
        Set<String> targets = new LinkedHashSet<>();
        for (Trial trial : KnownShapes.of(aim)) targets.add(trial.target());
        // Half of them random, however few are asked for.
        for (Trial trial : systematic(List.of(aim), false, random)) {
            if (targets.size() < count / 2) targets.add(trial.target());
        }
        var mixed = new MixedTargets(aim, random);
        for (int i = 0; i < count * TRIES_EACH && targets.size() < count; i++) targets.add(mixed.next());
        return List.copyOf(targets).subList(0, Math.min(count, targets.size()));
    }

    /** Different legal targets. */
    public static List<String> legal(List<String> bases, int count, long seed) {
        var legal = new LegalTargets(bases, new Random(seed));
        Set<String> targets = new LinkedHashSet<>();
        for (int i = 0; i < count * TRIES_EACH && targets.size() < count; i++) targets.add(legal.next());
        return List.copyOf(targets);
    }

    private static List<Trial> systematic(List<Aim> aims, boolean unsafe, Random random) {
        List<Trial> all = new ArrayList<>();
        for (Aim aim : aims) {
            var trials = new Trials(aim, unsafe);
            DotShapes.add(trials);
            SlashShapes.add(trials);
            OctetShapes.add(trials);
            LetterShapes.add(trials);
            EndingShapes.add(trials);
            FormShapes.add(trials);
            MethodShapes.add(trials);
            HeaderShapes.add(trials);
            all.addAll(trials.all());
        }
        Collections.shuffle(all, random);
        return all;
    }

    private static void mixed(List<Aim> aims, boolean unsafe, Random random, Distinct into, int size) {
        List<MixedTargets> sources =
                aims.stream().map(aim -> new MixedTargets(aim, random)).toList();
        List<String> methods = MethodShapes.allowed(unsafe);
        long tries = (long) Math.max(0, size - into.size()) * TRIES_EACH;
        for (int i = 0; i < tries && into.size() < size; i++) {
            Aim aim = aims.get(i % aims.size());
            String target = sources.get(i % aims.size()).next();
            String method = random.nextInt(4) > 0 ? aim.method() : methods.get(random.nextInt(methods.size()));
            into.add(Trial.of(Shape.MIXED, aim.id(), method, target));
        }
    }
}
