package io.farebox.probe;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the answer of a priced route is known: by words that stood in every sample of it and on no other page. It holds as long as
 * most of them are there, so a clock or a counter on the page does no harm.
 */
record Fingerprint(int status, Set<String> marks) {
    /** Of a hundred marks, how many make a match. */
    private static final int ENOUGH_PERCENT = 60;

    Fingerprint {
        marks = Set.copyOf(marks);
    }

    /** What sets the samples apart from the other pages; null if nothing does. */
    static @Nullable Fingerprint of(List<Page> samples, List<Page> others) {
        Page first = samples.getFirst();
        Set<String> marks = new HashSet<>(first.words());
        for (Page sample : samples) {
            if (sample.status() != first.status()) return null;
            marks.retainAll(sample.words());
        }
        for (Page other : others) if (other.status() == first.status()) marks.removeAll(other.words());
        return marks.isEmpty() ? null : new Fingerprint(first.status(), marks);
    }

    boolean matches(Page page) {
        if (page.status() != status) return false;
        long found = found(page);
        return found > 0 && found * 100 >= (long) marks.size() * ENOUGH_PERCENT;
    }

    /** How many of the marks are on a page. */
    long found(Page page) {
        return marks.stream().filter(page.words()::contains).count();
    }
}
