package io.farebox.app.log;

import ch.qos.logback.classic.LoggerContext;
import io.farebox.gate.GateListener;
import io.farebox.settlement.Farebox;
import io.farebox.settlement.boot.FareboxAutoConfiguration;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Has the money logged, and the secrets of the price list kept out of every line. */
@AutoConfiguration(after = FareboxAutoConfiguration.class)
public final class LogAutoConfiguration {
    @Bean
    GateListener fareboxGateLog() {
        return new GateLog();
    }

    @Bean
    InitializingBean fareboxHiddenSecrets(ObjectProvider<Farebox> farebox) {
        return () -> farebox.ifAvailable(open -> {
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context)
                RedactionInstaller.of(context)
                        .hide(ConfigSecrets.of(open.prices().config()));
        });
    }
}
