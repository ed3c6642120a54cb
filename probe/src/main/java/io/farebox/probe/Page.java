package io.farebox.probe;

import io.farebox.gate.Header;
import io.farebox.probe.wire.Reply;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer as it is compared with others: by its words. Those of its own target are left out, since many pages repeat what they
 * were asked for, and so are numbers, which change.
 */
record Page(int status, Set<String> words) {
    private static final int MOST_WORDS = 4000;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_\\x80-\\xff-]{2,64}");
    /** Headers that say something of the content and nothing of the server. */
    private static final Set<String> TELLING = Set.of("location", "content-disposition", "link", "etag");

    Page {
        words = Set.copyOf(words);
    }

    static Page of(Reply.Answer answer, String target) {
        Set<String> words = new HashSet<>();
        collect(answer.text(), words);
        for (Header header : answer.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (TELLING.contains(name)) collect(header.value(), words);
        }
        Set<String> asked = new HashSet<>();
        collect(target, asked);
        collect(decoded(target), asked);
        words.removeAll(asked);
        return new Page(answer.status(), words);
    }

    /** Whether the two are of one kind: nothing to read on either, or at least half of the words of both in common. */
    boolean isLike(Page other) {
        if (status != other.status) return false;
        Set<String> all = new HashSet<>(words);
        all.addAll(other.words);
        long common = words.stream().filter(other.words::contains).count();
        return common * 2 >= all.size();
    }

    private static void collect(String text, Set<String> words) {
        Matcher matcher = WORD.matcher(text);
        while (words.size() < MOST_WORDS && matcher.find()) {
            String word = matcher.group();
            if (!isNumber(word)) words.add(word.toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-' || c == '_');
    }

    private static String decoded(String target) {
        var text = new StringBuilder();
        for (int i = 0; i < target.length(); i++) {
            boolean escape = target.startsWith("%", i) && i + 2 < target.length();
            int high = escape ? Character.digit(target.charAt(i + 1), 16) : -1;
            int low = escape ? Character.digit(target.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                text.append(target.charAt(i));
            } else {
                text.append((char) (high << 4 | low));
                i += 2;
            }
        }
        return text.toString();
    }
}
