package io.farebox.app.probe;

/** The command was called wrongly. The message says what is wrong and how to mend it. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
