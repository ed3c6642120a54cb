package io.farebox.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** What is logged, without what may be secret, for whatever format it is written in. */
final class RedactedEvent implements ILoggingEvent {
    /** Fields of ours that look like keys and are none. */
    private static final Set<String> PUBLIC = Set.of("farebox.payer", "farebox.transaction", "farebox.network");

    private final ILoggingEvent event;
    private final Redaction redaction;
    private final String message;

    RedactedEvent(ILoggingEvent event, Redaction redaction) {
        this.event = event;
        this.redaction = redaction;
        String formatted = event.getFormattedMessage();
        this.message = formatted == null ? "" : redaction.clean(formatted);
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public String getFormattedMessage() {
        return message;
    }

    /** They are in the message already. */
    @Override
    public Object @Nullable [] getArgumentArray() {
        return null;
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? null : new RedactedThrowable(thrown, redaction);
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? null : pairs.stream().map(this::clean).toList();
    }

    private KeyValuePair clean(KeyValuePair pair) {
        boolean isHarmless = pair.value == null
                || pair.value instanceof Number
                || pair.value instanceof Boolean
                || PUBLIC.contains(pair.key);
        return isHarmless ? pair : new KeyValuePair(pair.key, redaction.clean(pair.value.toString()));
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        Map<String, String> context = event.getMDCPropertyMap();
        if (context.isEmpty()) return context;
        Map<String, String> clean = new TreeMap<>();
        context.forEach((key, value) -> clean.put(key, redaction.clean(value)));
        return clean;
    }

    @Deprecated
    @Override
    public Map<String, String> getMdc() {
        return getMDCPropertyMap();
    }

    @Override
    public String getThreadName() {
        return event.getThreadName();
    }

    @Override
    public Level getLevel() {
        return event.getLevel();
    }

    @Override
    public String getLoggerName() {
        return event.getLoggerName();
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return event.getLoggerContextVO();
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return event.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return event.hasCallerData();
    }

    @Override
    public List<Marker> getMarkerList() {
        return event.getMarkerList();
    }

    @Override
    public long getTimeStamp() {
        return event.getTimeStamp();
    }

    @Override
    public int getNanoseconds() {
        return event.getNanoseconds();
    }

    @Override
    public Instant getInstant() {
        return event.getInstant();
    }

    @Override
    public long getSequenceNumber() {
        return event.getSequenceNumber();
    }

    @Override
    public void prepareForDeferredProcessing() {
        event.prepareForDeferredProcessing();
    }
}
