package io.farebox.settlement.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.ledger.BookOpenException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Which key a failed start names. */
final class FareboxFailureAnalyzerTest {
    private static String action(String message) {
        Throwable failure = new IllegalStateException("Spring", new BookOpenException(message, null));
        FailureAnalysis analysis = new FareboxFailureAnalyzer().analyze(failure);
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo(message);
        return analysis.getAction();
    }

    @Test
    void bookThatDoesNotOpen_namesItsKey() {
        assertThat(action("the book could not be written; see the cause"))
                .contains("book.url in the price list, farebox.book.url in application.yml");
    }

    @Test
    void redisThatDoesNotAnswer_namesTheKeyOfTheClaims() {
        assertThat(action("claims.url: the Redis on redis, port 6379 cannot be reached"))
                .contains("claims.url in the price list, farebox.claims.url in application.yml")
                .doesNotContain("book.url");
    }

    @Test
    void anythingElse_isLeftToOthers() {
        assertThat(new FareboxFailureAnalyzer().analyze(new IllegalStateException("no business of ours")))
                .isNull();
    }
}
