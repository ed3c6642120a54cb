package io.farebox.pricing;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Small texts for problems: lists of words, and the word that was probably meant. */
final class Words {
    private static final int FURTHEST = 3;

    private Words() {}

    /** {@code a, b or c}. */
    static String oneOf(Collection<String> words) {
        var text = new StringBuilder();
        int i = 0;
        for (String word : words) {
            if (i > 0) text.append(i == words.size() - 1 ? " or " : ", ");
            text.append(word);
            i++;
        }
        return text.toString();
    }

    /** {@code Did you mean "price"? }, or nothing if no word is near. */
    static String didYouMean(String wrong, Collection<String> known) {
        return known.stream()
                .filter(word -> distance(fold(wrong), fold(word)) <= Math.min(FURTHEST, (word.length() + 1) / 2))
                .min(Comparator.comparingInt(word -> distance(fold(wrong), fold(word))))
                .map(word -> "Did you mean \"" + word + "\"? ")
                .orElse("");
    }

    /** The key without what people spell in different ways. */
    static String fold(String key) {
        return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > FURTHEST) return FURTHEST + 1;
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(swap, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
