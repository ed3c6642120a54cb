package io.farebox.app.command.openapi;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives each route an id of its own that headers and labels can hold. Used by one thread. */
final class RouteIds {
    private static final int LONGEST = 56;

    private final Set<String> used = new HashSet<>();

    /** From the operation's own id, else from method and path. Ids that differ in letter case only would confuse people. */
    String of(Operation operation) {
        String legal = legal(operation.id());
        if (legal.isEmpty()) legal = legal(operation.method().toLowerCase(Locale.ROOT) + "-" + operation.path());
        if (legal.isEmpty()) legal = "route";
        String own = legal;
        for (int i = 2; !used.add(own.toLowerCase(Locale.ROOT)); i++) own = legal + "-" + i;
        return own;
    }

    private static String legal(String text) {
        String legal = text.replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceAll("-{2,}", "-")
                .replaceFirst("^[._-]+", "");
        return legal.substring(0, Math.min(legal.length(), LONGEST)).replaceFirst("[._-]+$", "");
    }
}
