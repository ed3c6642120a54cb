package io.farebox.settlement.boot;

import io.farebox.ledger.BookOpenException;
import io.farebox.pricing.PricingConfigException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Shows what is wrong with a configuration or a book as Boot shows other failures: without a stack trace, with the mend. */
class FareboxFailureAnalyzer implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PricingConfigException e) {
                return new FailureAnalysis(
                        e.getMessage(), "Mend every line above; docs/configuration.md describes each key.", e);
            }
            if (cause instanceof BookOpenException e) {
                String key = key(e);
                String mend = "The key is %s in the price list, farebox.%s in application.yml.".formatted(key, key);
                return new FailureAnalysis(e.getMessage(), mend, e);
            }
        }
        return null;
    }

    /** What is wrong with the Redis of the claims begins with its key. */
    private static String key(BookOpenException e) {
        return String.valueOf(e.getMessage()).startsWith("claims.url") ? "claims.url" : "book.url";
    }
}
