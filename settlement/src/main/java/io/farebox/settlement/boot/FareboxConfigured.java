package io.farebox.settlement.boot;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there is anything under {@code farebox} in the Environment. */
final class FareboxConfigured implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        return environment.containsProperty(FareboxTree.FILE)
                || !FareboxTree.of(environment).isEmpty();
    }
}
