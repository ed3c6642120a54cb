package io.farebox.servlet.boot;

import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether anything is configured below {@code farebox}. */
class OnFareboxConfiguration extends SpringBootCondition {
    static final String FILE = "farebox.config";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Farebox configuration");
        Environment environment = context.getEnvironment();
        boolean configured = environment.containsProperty(FILE)
                || Binder.get(environment)
                        .bind("farebox", Bindable.mapOf(String.class, Object.class))
                        .map(Map::isEmpty)
                        .map(empty -> !empty)
                        .orElse(false);
        return configured
                ? ConditionOutcome.match(message.foundExactly("farebox"))
                : ConditionOutcome.noMatch(message.didNotFind("farebox").atAll());
    }
}
