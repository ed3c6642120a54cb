package io.farebox.app.command;

/** A command line that says nothing we can do. The message is for the person who typed it. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
