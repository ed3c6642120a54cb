package io.farebox.app.error;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.server.WebExceptionHandler;

/** Has failures answered in our words. */
@AutoConfiguration
public final class ErrorAnswersAutoConfiguration {
    @Bean
    WebExceptionHandler fareboxErrorAnswers() {
        return new ErrorAnswers();
    }
}
