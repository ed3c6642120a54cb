package io.farebox.x402.json;

/** Text that is not the JSON it should be. Its message names our own expectation and never quotes the text. */
public final class JsonFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JsonFormatException(String message) {
        super(message, null, false, false);
    }
}
