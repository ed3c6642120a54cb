package io.farebox.app.command.desk;

/** The gateway could not be asked, or said no. The message tells a person why. */
public final class DeskException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DeskException(String message) {
        super(message, null, false, false);
    }
}
