package io.farebox.app.inject;

import tools.jackson.databind.JsonNode;

/** What an object is called, for a log: nothing but the letters that names have, and not many. */
final class Names {
    private static final int LONGEST = 80;

    private Names() {}

    static String of(JsonNode request) {
        JsonNode metadata = request.path("object").path("metadata");
        String name = metadata.path("name").asString("");
        if (name.isEmpty()) name = metadata.path("generateName").asString("") + "…";
        return clean(request.path("resource").path("resource").asString("")) + " "
                + clean(request.path("namespace").asString("")) + "/" + clean(name);
    }

    private static String clean(String text) {
        String letters = text.replaceAll("[^a-z0-9.…-]", "?");
        return letters.length() <= LONGEST ? letters : letters.substring(0, LONGEST);
    }
}
