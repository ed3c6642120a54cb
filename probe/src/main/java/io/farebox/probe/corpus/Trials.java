package io.farebox.probe.corpus;

import io.farebox.gate.Header;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the trials of one aim, each once. */
final class Trials {
    final Aim aim;
    /** Whether methods that change something may be sent. */
    final boolean unsafe;

    private final Set<Trial> all = new LinkedHashSet<>();

    Trials(Aim aim, boolean unsafe) {
        this.aim = aim;
        this.unsafe = unsafe;
    }

    Set<Trial> all() {
        return all;
    }

    /** A target that is asked for by the route's own method. */
    void target(Shape shape, String target) {
        all.add(Trial.of(shape, aim.id(), aim.method(), target));
    }

    void method(String method, String target) {
        all.add(Trial.of(Shape.METHODS, aim.id(), method, target));
    }

    /** The route itself with headers that are none of its business. */
    void headers(Shape shape, Header... headers) {
        headers(shape, aim.method(), aim.path(), headers);
    }

    void headers(Shape shape, String method, String target, Header... headers) {
        all.add(Trial.of(shape, aim.id(), method, target, headers));
    }

    void version(String version, boolean named) {
        all.add(new Trial(Shape.PROTOCOL_VERSIONS, aim.id(), aim.method(), aim.path(), List.of(), version, named));
    }
}
