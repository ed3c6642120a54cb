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
                return new FailureAnalysis(
                        e.getMessage(),
                        "The key is book.url in the price list, farebox.book.url in application.yml.",
                        e);
            }
        }
        return null;
    }
}
