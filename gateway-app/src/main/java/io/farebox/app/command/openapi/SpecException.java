package io.farebox.app.command.openapi;

/** A document that no price list can be made of. The message is for a person. */
public final class SpecException extends RuntimeException {
    SpecException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
