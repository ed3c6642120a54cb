package io.farebox.testkit.facilitator;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** What to do with the calls of one kind, in order; afterwards the same again and again. Thread-safe. */
final class Script {
    private final Queue<Act> next = new ArrayDeque<>();
    private Act otherwise = new Act.Obey();
    private int calls;

    synchronized void then(Act... acts) {
        next.addAll(List.of(acts));
    }

    synchronized void always(Act act) {
        next.clear();
        otherwise = act;
    }

    synchronized Act take() {
        calls++;
        Act act = next.poll();
        return act == null ? otherwise : act;
    }

    synchronized int calls() {
        return calls;
    }
}
