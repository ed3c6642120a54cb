package io.farebox.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/** Stands before an appender and hands on what is left. */
final class RedactingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final Appender<ILoggingEvent> behind;
    private final Redaction redaction;

    RedactingAppender(Appender<ILoggingEvent> behind, Redaction redaction) {
        this.behind = behind;
        this.redaction = redaction;
        setName(behind.getName());
    }

    @Override
    protected void append(ILoggingEvent event) {
        behind.doAppend(new RedactedEvent(event, redaction));
    }

    @Override
    public void stop() {
        super.stop();
        behind.stop();
    }
}
