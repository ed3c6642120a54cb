package io.farebox.app.command.openapi;

import java.util.List;

/**
 * What a document says of one method of one path.
 *
 * @param method in capitals; it may be one that no route can name
 * @param base path of the server, without a slash at the end; may be empty
 * @param path as the document spells it, with a slash at its beginning
 * @param id its operationId; may be empty
 * @param text what it is, in one line; may be empty
 * @param choices query parameters that take one of a few values, such as {@code depth (full, lite)}
 */
record Operation(
        String method, String base, String path, String id, String text, boolean deprecated, List<String> choices) {
    /** The path that clients ask for, with the document's variables. */
    String template() {
        return base + path;
    }

    /** For people: {@code GET /v1/pets}. */
    @Override
    public String toString() {
        return PlainText.line(method + " " + template(), 300);
    }
}
