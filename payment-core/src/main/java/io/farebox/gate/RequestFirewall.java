package io.farebox.gate;

import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose target two readers could take for two different things, before anyone looks up a price. It never
 * tidies a target up: what it passes is priced and dispatched exactly as it was received.
 *
 * <p>Refused are methods outside the common seven (spelled in capitals), more than one {@code Host}, targets that are not
 * paths, and paths with dot segments, doubled slashes, path parameters, backslashes, characters that RFC 3986 does not allow
 * there, escapes that are broken, that hide a dot, a slash, a backslash, a semicolon, a percent sign, a NUL or a line break,
 * or that are no UTF-8. Every URL that Spring Security's strict firewall and the container would both pass is passed, but for
 * the full-width slash (U+FF0F), which some readers fold into a slash.
 *
 * <p>Pure, thread-safe, one pass over the characters; a good request allocates nothing.
 */
public final class RequestFirewall {
    /** The method is none of the seven; answered 405. */
    public static final String METHOD = "method_not_allowed";

    /** The methods that are passed, as {@code Allow} names them. */
    public static final String ALLOW = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    /** The target is no path at all, or not well-formed. */
    public static final String MALFORMED_TARGET = "malformed_target";

    /** The path can be read in more than one way. */
    public static final String AMBIGUOUS_TARGET = "ambiguous_target";

    /** The query contains control characters. */
    public static final String MALFORMED_QUERY = "malformed_query";

    /** More than one {@code Host}. */
    public static final String SEVERAL_HOSTS = "several_hosts";

    private static final int OK = 0;
    private static final int MALFORMED = -1;
    private static final int AMBIGUOUS = -2;

    private static final int FULL_WIDTH_SLASH = 0xFF0F;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    private RequestFirewall() {}

    /**
     * Checks a request.
     *
     * @param method as received, case kept
     * @param path the target up to the question mark, exactly as received
     * @param query what follows the question mark, exactly as received, or null
     * @param hosts how many {@code Host} headers there are
     * @return null if the request is clear, otherwise one of the codes above
     */
    public static @Nullable String check(String method, String path, @Nullable String query, int hosts) {
        if (!isKnown(method)) return METHOD;
        if (hosts > 1) return SEVERAL_HOSTS;
        int result = checkPath(path);
        if (result == MALFORMED) return MALFORMED_TARGET;
        if (result == AMBIGUOUS) return AMBIGUOUS_TARGET;
        return query == null || isClean(query) ? null : MALFORMED_QUERY;
    }

    /** The status of the answer to a request that was refused with this code. */
    public static int status(String reason) {
        return reason.equals(METHOD) ? 405 : 400;
    }

    private static boolean isKnown(String method) {
        return switch (method) {
            case "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH" -> true;
            default -> false;
        };
    }

    private static boolean isClean(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c < ' ' || c == 127) return false;
        }
        return true;
    }

    private static int checkPath(String path) {
        int length = path.length();
        if (length == 0 || path.charAt(0) != '/') return MALFORMED;
        int segment = 1;
        int i = 1;
        while (i < length) {
            char c = path.charAt(i);
            if (c == '/') {
                if (i == segment || isDots(path, segment, i)) return AMBIGUOUS;
                segment = ++i;
            } else if (c == '%') {
                i = checkEscapes(path, i);
                if (i < 0) return i;
            } else {
                if (c == ';' || c == '\\') return AMBIGUOUS;
                if (!isPathCharacter(c)) return MALFORMED;
                i++;
            }
        }
        return isDots(path, segment, length) ? AMBIGUOUS : OK;
    }

    /** Whether a segment is {@code .} or {@code ..}; escaped dots never get this far. */
    private static boolean isDots(String path, int from, int to) {
        int length = to - from;
        if (length < 1 || length > 2) return false;
        return path.charAt(from) == '.' && path.charAt(to - 1) == '.';
    }

    /** RFC 3986 {@code pchar} without the semicolon and the percent sign, which are dealt with apart. */
    private static boolean isPathCharacter(char c) {
        if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') return true;
        return switch (c) {
            case '-', '.', '_', '~', '!', '$', '&', '\'', '(', ')', '*', '+', ',', '=', ':', '@' -> true;
            default -> false;
        };
    }

    /** Reads the escapes of one character at {@code i}; returns where it ends, or what is wrong with it. */
    private static int checkEscapes(String path, int i) {
        int first = escape(path, i);
        if (first < 0) return MALFORMED;
        if (first < 0x80) return isTelling(first) ? AMBIGUOUS : i + 3;
        int more = continuations(first);
        if (more == 0) return MALFORMED;
        int point = first & (0x3F >> more);
        for (int n = 1; n <= more; n++) {
            int next = escape(path, i + 3 * n);
            if (next < 0 || (next & 0xC0) != 0x80) return MALFORMED;
            point = point << 6 | next & 0x3F;
        }
        if (!isShortest(point, more)) return MALFORMED;
        if (point == LINE_SEPARATOR || point == PARAGRAPH_SEPARATOR || point == FULL_WIDTH_SLASH) return AMBIGUOUS;
        return i + 3 * (more + 1);
    }

    /** ASCII that means something to somebody who decodes later, or twice, than we do. */
    private static boolean isTelling(int c) {
        return switch (c) {
            case 0, '\n', '\r', '%', '.', '/', ';', '\\' -> true;
            default -> false;
        };
    }

    /** How many bytes follow this first byte of a UTF-8 sequence; 0 if none may begin so. */
    private static int continuations(int first) {
        if (first >= 0xC2 && first <= 0xDF) return 1;
        if (first >= 0xE0 && first <= 0xEF) return 2;
        return first >= 0xF0 && first <= 0xF4 ? 3 : 0;
    }

    /** Neither overlong, nor a surrogate, nor beyond Unicode. */
    private static boolean isShortest(int point, int continuations) {
        return switch (continuations) {
            case 1 -> true;
            case 2 -> point >= 0x800 && (point < 0xD800 || point > 0xDFFF);
            default -> point >= 0x10000 && point <= 0x10FFFF;
        };
    }

    private static int escape(String path, int i) {
        if (i + 2 >= path.length() || path.charAt(i) != '%') return -1;
        int high = hex(path.charAt(i + 1));
        int low = hex(path.charAt(i + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Only ASCII: {@link Character#digit} takes full-width digits too. */
    private static int hex(char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
