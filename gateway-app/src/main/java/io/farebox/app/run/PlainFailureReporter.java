package io.farebox.app.run;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Tells a person at a terminal why the gateway does not start: the log says so too, but in JSON. */
final class PlainFailureReporter implements FailureAnalysisReporter {
    @Override
    public void report(FailureAnalysis failure) {
        System.err.printf("%nThe gateway does not start.%n%n%s%n", failure.getDescription());
        String action = failure.getAction();
        if (action != null && !action.isBlank()) System.err.printf("%n%s%n", action);
    }
}
