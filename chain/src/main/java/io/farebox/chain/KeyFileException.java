package io.farebox.chain;

import java.nio.file.Path;

/** A key file that is not used. Shows nothing of what is in it. */
public final class KeyFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final String fix;

    KeyFileException(Path file, String reason, String fix) {
        super("the key file " + file + " " + reason + ". " + fix);
        this.reason = reason;
        this.fix = fix;
    }

    /** What is wrong: a phrase that follows the path. */
    public String reason() {
        return reason;
    }

    /** What to do, in whole sentences. */
    public String fix() {
        return fix;
    }
}
