package io.farebox.app.operate;

/** What was asked makes no sense; the message tells a person why. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequestException(String message) {
        super(message, null, false, false);
    }
}
