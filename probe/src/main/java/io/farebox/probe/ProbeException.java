package io.farebox.probe;

/** The probe could not begin: nothing answers, or not as a server does. The message says what was tried and what to do. */
public final class ProbeException extends Exception {
    private static final long serialVersionUID = 1;

    ProbeException(String message) {
        super(message);
    }
}
