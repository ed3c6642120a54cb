package io.farebox.app.command.openapi;

import java.util.Set;

/** Foreign text made fit for one line of a file that we write. */
final class PlainText {
    /** {@link Character#getType(int)} of what has no shape, or could end the line. */
    private static final Set<Integer> UNPRINTABLE = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR,
            (int) Character.SPACE_SEPARATOR);

    private PlainText() {}

    static boolean isUnprintable(int codePoint) {
        return UNPRINTABLE.contains(Character.getType(codePoint));
    }

    /**
     * In one line and cut; nothing in it ends a comment. A placeholder in it is broken: it would put a variable of the gateway
     * into what the gateway tells everybody.
     *
     * @param longest in UTF-16 code units
     */
    static String line(String text, int longest) {
        var line = new StringBuilder();
        text.codePoints().limit(longest * 4L).forEach(c -> {
            if (!isUnprintable(c)) line.appendCodePoint(c);
            else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') line.append(' ');
        });
        String whole = line.toString().replace("${", "$ {").strip();
        if (whole.length() <= longest) return whole;
        int end = Character.isHighSurrogate(whole.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return whole.substring(0, end).strip() + "…";
    }

    /** In double quotes, as YAML reads it. */
    static String quoted(String line) {
        return '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
