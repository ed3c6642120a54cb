package io.farebox.app.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Puts the redaction before every appender as soon as there are any, whoever configured them and in whatever format. */
final class RedactionInstaller implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return;
        Redaction redaction = of(context);
        redaction.hide(EnvironmentSecrets.of(event.getEnvironment()));
        for (Logger logger : context.getLoggerList()) install(logger, redaction);
    }

    /** The one of this process's logging. */
    static Redaction of(LoggerContext context) {
        String name = Redaction.class.getName();
        if (context.getObject(name) instanceof Redaction known) return known;
        Redaction redaction = new Redaction();
        context.putObject(name, redaction);
        return redaction;
    }

    private static void install(Logger logger, Redaction redaction) {
        List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
        logger.iteratorForAppenders().forEachRemaining(appenders::add);
        for (Appender<ILoggingEvent> appender : appenders) {
            if (appender instanceof RedactingAppender) continue;
            RedactingAppender before = new RedactingAppender(appender, redaction);
            before.setContext(logger.getLoggerContext());
            before.start();
            // First the new one: nothing that is logged meanwhile gets lost.
            logger.addAppender(before);
            logger.detachAppender(appender);
        }
    }
}
