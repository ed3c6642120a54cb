package io.farebox.ledger;

import org.jspecify.annotations.Nullable;

/** The book cannot be opened; the message says why and what to do about it. */
public final class BookOpenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BookOpenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
