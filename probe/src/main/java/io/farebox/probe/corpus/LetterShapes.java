package io.farebox.probe.corpus;

import java.util.Locale;
import java.util.Map;

/** The same letters in another case, percent-encoded, or from elsewhere in Unicode. */
final class LetterShapes {
    private static final int MOST_LETTERS = 24;
    private static final Map<Character, String> ALIKE = Map.of(
            'i', "%C4%B0 %C4%B1 %D1%96 %E2%84%B9",
            's', "%C5%BF %D1%95",
            'k', "%E2%84%AA",
            'a', "%D0%B0 %C3%A5",
            'e', "%D0%B5 %C3%A9",
            'o', "%D0%BE %CE%BF",
            'p', "%D1%80",
            'c', "%D1%81");

    private LetterShapes() {}

    static void add(Trials trials) {
        String path = trials.aim.path();
        trials.target(Shape.LETTER_CASE, path.toUpperCase(Locale.ROOT));
        trials.target(Shape.LETTER_CASE, capitalised(path));
        trials.target(Shape.LETTER_CASE, alternating(path));
        trials.target(Shape.ENCODED_LETTERS, encoded(path, true));
        trials.target(Shape.ENCODED_LETTERS, encoded(path, false));
        trials.target(Shape.DOUBLE_ENCODING, encoded(path, false).replace("%", "%25"));
        int letters = 0;
        for (int i = 0; i < path.length() && letters < MOST_LETTERS; i++) {
            if (isEscape(path, i) || !isLetter(path.charAt(i))) continue;
            letters++;
            letter(trials, path, i);
        }
    }

    private static void letter(Trials trials, String path, int at) {
        char c = path.charAt(at);
        String upper = String.valueOf(c).toUpperCase(Locale.ROOT);
        trials.target(Shape.LETTER_CASE, with(path, at, upper));
        trials.target(Shape.ENCODED_LETTERS, with(path, at, escape(c, true)));
        trials.target(Shape.ENCODED_LETTERS, with(path, at, escape(upper.charAt(0), false)));
        trials.target(
                Shape.DOUBLE_ENCODING, with(path, at, "%25" + escape(c, false).substring(1)));
        trials.target(
                Shape.BROKEN_ENCODING, with(path, at, "%u00" + escape(c, false).substring(1)));
        // The overlong forms of a letter, and its full-width twin.
        trials.target(Shape.BROKEN_ENCODING, with(path, at, overlong(c)));
        trials.target(Shape.LOOKALIKES, with(path, at, fullWidth(c)));
        String alike = ALIKE.get(Character.toLowerCase(c));
        if (alike == null) return;
        for (String other : alike.split(" ")) trials.target(Shape.LOOKALIKES, with(path, at, other));
    }

    private static String with(String path, int at, String text) {
        return path.substring(0, at) + text + path.substring(at + 1);
    }

    private static String encoded(String path, boolean upper) {
        var text = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            text.append(isLetter(c) && !isEscape(path, i) ? escape(c, upper) : String.valueOf(c));
        }
        return text.toString();
    }

    private static String capitalised(String path) {
        var text = new StringBuilder(path);
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i - 1) == '/') text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
        }
        return text.toString();
    }

    private static String alternating(String path) {
        var text = new StringBuilder(path);
        for (int i = 0; i < text.length(); i += 2) text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
        return text.toString();
    }

    private static String escape(char c, boolean upper) {
        return String.format(Locale.ROOT, upper ? "%%%02X" : "%%%02x", (int) c);
    }

    private static String overlong(char c) {
        return String.format(Locale.ROOT, "%%%02x%%%02x", 0xC0 | c >> 6, 0x80 | c & 0x3F);
    }

    private static String fullWidth(char c) {
        int point = c - '!' + 0xFF01;
        return String.format(Locale.ROOT, "%%EF%%%02X%%%02X", 0x80 | point >> 6 & 0x3F, 0x80 | point & 0x3F);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isEscape(String path, int at) {
        return at > 0 && path.charAt(at - 1) == '%' || at > 1 && path.charAt(at - 2) == '%';
    }
}
