package io.farebox.app.run;

/** The gateway does not start like this; tells a person why, and what to do. */
final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String action;

    StartRefusedException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
