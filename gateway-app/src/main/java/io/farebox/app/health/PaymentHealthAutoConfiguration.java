package io.farebox.app.health;

import io.farebox.settlement.Farebox;
import io.farebox.settlement.boot.FareboxAutoConfiguration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The contributors of the health group {@code payments}. Readiness does not contain them: free routes must go on when payments
 * cannot be taken.
 */
@AutoConfiguration(after = FareboxAutoConfiguration.class)
public final class PaymentHealthAutoConfiguration {
    @Bean
    BookTrouble fareboxBookTrouble() {
        return new BookTrouble(InstantSource.system());
    }

    @Bean
    @ConditionalOnBean(Farebox.class)
    HealthIndicator bookHealthIndicator(Farebox farebox, BookTrouble trouble) {
        return new BookHealth(farebox.book(), trouble);
    }

    @Bean
    @ConditionalOnBean(Farebox.class)
    HealthIndicator facilitatorsHealthIndicator(Farebox farebox) {
        return new FacilitatorsHealth(farebox);
    }
}
