package io.farebox.settlement.boot;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there is anything under {@code farebox} in the Environment. */
public final class FareboxConfigured implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return in(context.getEnvironment());
    }

    /** Whether there is anything that a Farebox could be opened with; it may still be wrong. */
    public static boolean in(Environment environment) {
        return environment.containsProperty(FareboxTree.FILE)
                || !FareboxTree.of(environment).isEmpty();
    }
}
