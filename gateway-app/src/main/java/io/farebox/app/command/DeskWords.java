package io.farebox.app.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** What commands that ask the operator's API have in common. */
final class DeskWords {
    static final String BY = "--by";
    static final String NOTE = "--note";
    static final String LIMIT = "--limit";

    private DeskWords() {}

    /** Who decides something and why, as the API wants it. */
    static Map<String, Object> reason(Options options, Surroundings here) {
        String user = here.properties().apply("user.name");
        String by = options.value(BY).orElse(user == null ? "" : user);
        if (by.isBlank()) throw new UsageException(BY + " is missing: who decides this?");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("by", by);
        options.value(NOTE).ifPresent(note -> body.put("note", note));
        return body;
    }

    static int limit(Options options) {
        String text = options.value(LIMIT).orElse("50");
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > 500)
            throw new UsageException(LIMIT + " is a number from 1 to 500.");
        return Integer.parseInt(text);
    }
}
