package io.farebox.probe.corpus;

import io.farebox.gate.Header;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Requests that are different on the wire, whatever they were made for; the first of its kind stays. */
final class Distinct {
    private final Set<Wire> seen = new HashSet<>();
    private final List<Trial> trials = new ArrayList<>();

    /** What a server sees of a request. */
    private record Wire(String method, String target, List<Header> headers, String version, boolean named) {
        static Wire of(Trial trial) {
            return new Wire(trial.method(), trial.target(), trial.headers(), trial.version(), trial.named());
        }
    }

    Distinct() {}

    /** None, and none that is among others. */
    Distinct(Distinct others) {
        seen.addAll(others.seen);
    }

    void add(Trial trial) {
        if (seen.add(Wire.of(trial))) trials.add(trial);
    }

    void addAll(Collection<Trial> all) {
        addAll(all, Integer.MAX_VALUE);
    }

    /** Adds until there are so many. */
    void addAll(Collection<Trial> all, int size) {
        for (Trial trial : all) {
            if (trials.size() >= size) return;
            add(trial);
        }
    }

    int size() {
        return trials.size();
    }

    List<Trial> trials() {
        return trials;
    }
}
