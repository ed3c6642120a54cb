package io.farebox.app.inject;

import java.io.Serial;

/** The webhook cannot be served with what it was given. The message is for people: what is wrong and how to mend it. */
public final class InjectException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    InjectException(String message) {
        super(message);
    }
}
