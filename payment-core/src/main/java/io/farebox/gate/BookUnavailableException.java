package io.farebox.gate;

import org.jspecify.annotations.Nullable;

/** The book could not be read or written, or it is not known whether a write was made. */
public final class BookUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BookUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
