package io.farebox.probe.corpus;

import java.util.List;
import java.util.Random;

/**
 * Random targets that RFC 3986 allows and that nobody can read in two ways: no empty segment, no segment of dots, nothing that
 * hides a slash, a dot, a percent sign or a control character. Spring Security's strict firewall passes them all.
 */
final class LegalTargets {
    private static final List<String> QUERIES = List.of(
            "a=b",
            "q=",
            "q",
            "=",
            "a=b&c=d",
            "page=2",
            "x=%20y",
            "x=a+b",
            "x=%C3%A9",
            "x=%F0%9F%98%80",
            "t=12:30",
            "u=/a/b",
            "u=?",
            "m=a@b.c",
            "x=%26",
            "x=%3D",
            "x=%2F",
            "x=%25",
            "x=(a,b)",
            "x='a'",
            "x=!*$",
            "-",
            "~");

    private final List<String> bases;
    private final Random random;

    /** @param bases legal paths to go on below, without a slash at the end; the empty one for the root */
    LegalTargets(List<String> bases, Random random) {
        this.bases = bases;
        this.random = random;
    }

    String next() {
        var target = new StringBuilder(bases.get(random.nextInt(bases.size())));
        for (int segments = random.nextInt(4); segments > 0; segments--)
            target.append('/').append(segment());
        if (target.isEmpty()) target.append('/');
        else if (random.nextInt(8) == 0) target.append('/');
        if (random.nextInt(3) > 0) return target.toString();
        target.append('?').append(QUERIES.get(random.nextInt(QUERIES.size())));
        if (random.nextInt(3) == 0) target.append('&').append(QUERIES.get(random.nextInt(QUERIES.size())));
        return target.toString();
    }

    private String segment() {
        var segment = new StringBuilder();
        for (int pieces = 1 + random.nextInt(3); pieces > 0; pieces--) {
            segment.append(Pieces.PLAIN.get(random.nextInt(Pieces.PLAIN.size())));
        }
        return segment.toString();
    }
}
