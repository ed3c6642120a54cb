package io.farebox.app.command;

/** A price list that cannot be used. The message is for a person: what is wrong, where, and how to mend it. */
public final class ConfigFileException extends RuntimeException {
    public ConfigFileException(String message) {
        super(message);
    }
}
