package io.farebox.pricing;

import io.farebox.gate.GateRequest;
import java.util.List;

/**
 * Whether a body may carry parameters: servlet containers hand those of a form out with those of the query, and a price is
 * found before the body is read.
 */
final class FormBody {
    private static final String URL_ENCODED = "application/x-www-form-urlencoded";

    /** All kinds: Spring takes parameters from any multipart body unless told to be strict. */
    private static final String MULTIPART = "multipart/";

    private FormBody() {}

    static boolean isPossible(GateRequest request) {
        List<String> types = request.headers("content-type");
        for (int i = 0; i < types.size(); i++) if (isForm(types.get(i))) return true;
        return false;
    }

    /** The beginning decides, since some containers look no further; each part of a list counts. */
    private static boolean isForm(String type) {
        for (int from = 0; from < type.length(); ) {
            int start = from;
            while (start < type.length() && type.charAt(start) <= ' ') start++;
            if (type.regionMatches(true, start, URL_ENCODED, 0, URL_ENCODED.length())) return true;
            if (type.regionMatches(true, start, MULTIPART, 0, MULTIPART.length())) return true;
            int comma = type.indexOf(',', from);
            from = comma < 0 ? type.length() : comma + 1;
        }
        return false;
    }
}
