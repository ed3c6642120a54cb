package io.farebox.pricing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of one path pattern, by method. A method is matched without regard to case: {@code get} is no other verb. */
final class MethodRules {
    static final MethodRules NONE = new MethodRules(Map.of());
    static final String ANY = "*";

    private final String[] methods;
    private final RouteRule[] rules;
    private final @Nullable RouteRule any;
    private final boolean priced;

    /** @param byMethod a rule for every method stands under {@link #ANY} */
    MethodRules(Map<String, RouteRule> byMethod) {
        any = byMethod.get(ANY);
        methods = byMethod.keySet().stream()
                .filter(method -> !method.equals(ANY))
                .sorted()
                .toArray(String[]::new);
        rules = new RouteRule[methods.length];
        for (int i = 0; i < methods.length; i++) {
            RouteRule rule = byMethod.get(methods[i]);
            if (rule != null) rules[i] = rule;
        }
        priced = byMethod.values().stream().anyMatch(RouteRule::isPriced);
    }

    boolean isPriced() {
        return priced;
    }

    /** The rule for a method; {@code GET} covers {@code HEAD} where no rule names it. */
    @Nullable
    RouteRule find(String method) {
        RouteRule named = named(method);
        if (named == null && method.equalsIgnoreCase("HEAD")) named = named("GET");
        return named == null ? any : named;
    }

    private @Nullable RouteRule named(String method) {
        for (int i = 0; i < methods.length; i++) if (methods[i].equalsIgnoreCase(method)) return rules[i];
        return null;
    }
}
