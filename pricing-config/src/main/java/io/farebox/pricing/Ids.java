package io.farebox.pricing;

import java.util.Set;

/** Ids of routes and facilitators: safe in headers, labels and URLs, and each used once. */
final class Ids {
    private Ids() {}

    static boolean check(Tree.Leaf id, Set<String> used, Problems problems) {
        if (!id.text().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            String fix = "Use letters, digits, dots, hyphens and underscores, at most 64.";
            problems.wrong(ProblemCode.ID_SYNTAX, id, "is not an id", fix);
            return false;
        }
        if (used.add(id.text())) return true;
        problems.wrong(ProblemCode.DUPLICATE_ID, id, "is an id that was used before", "Choose another id.");
        return false;
    }
}
