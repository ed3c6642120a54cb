package io.farebox.app.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/** An exception whose messages, and those of its causes, show nothing that may be secret. */
final class RedactedThrowable implements IThrowableProxy {
    private final IThrowableProxy thrown;
    private final Redaction redaction;

    RedactedThrowable(IThrowableProxy thrown, Redaction redaction) {
        this.thrown = thrown;
        this.redaction = redaction;
    }

    @Override
    public @Nullable String getMessage() {
        return clean(thrown.getMessage());
    }

    @Override
    public @Nullable String getOverridingMessage() {
        return clean(thrown.getOverridingMessage());
    }

    private @Nullable String clean(@Nullable String text) {
        return text == null ? null : redaction.clean(text);
    }

    @Override
    public String getClassName() {
        return thrown.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return thrown.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return thrown.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        IThrowableProxy cause = thrown.getCause();
        return cause == null ? null : new RedactedThrowable(cause, redaction);
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        IThrowableProxy[] suppressed = thrown.getSuppressed();
        IThrowableProxy[] clean = new IThrowableProxy[suppressed == null ? 0 : suppressed.length];
        for (int i = 0; i < clean.length; i++) clean[i] = new RedactedThrowable(suppressed[i], redaction);
        return clean;
    }

    @Override
    public boolean isCyclic() {
        return thrown.isCyclic();
    }
}
