package io.farebox.servlet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded} text. A pair with a broken escape is left out, as containers do. */
final class FormParameters {
    /** As many as containers take by default. */
    private static final int MOST = 1000;

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private int count;

    /** @param text pairs as received; characters of a body stand for its bytes */
    void add(String text, Charset charset) {
        for (int from = 0; from <= text.length() && count < MOST; ) {
            int to = text.indexOf('&', from);
            if (to < 0) to = text.length();
            if (to > from) addPair(text.substring(from, to), charset);
            from = to + 1;
        }
    }

    Map<String, String[]> asMap() {
        Map<String, String[]> map = new LinkedHashMap<>();
        values.forEach((name, list) -> map.put(name, list.toArray(String[]::new)));
        return Collections.unmodifiableMap(map);
    }

    private void addPair(String pair, Charset charset) {
        int equals = pair.indexOf('=');
        try {
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), charset);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), charset);
            values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
            count++;
        } catch (NumberFormatException e) {
            // left out
        }
    }

    private static String decode(String text, Charset charset) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(octet(text, i));
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return bytes.toString(charset);
    }

    private static int octet(String text, int i) {
        if (i + 2 >= text.length()) throw new NumberFormatException();
        int high = Character.digit(text.charAt(i + 1), 16);
        int low = Character.digit(text.charAt(i + 2), 16);
        if (high < 0 || low < 0) throw new NumberFormatException();
        return high << 4 | low;
    }
}
