package io.farebox.probe;

import io.farebox.probe.wire.Reply;
import java.util.Locale;

/** What became of a request. The names, in lower case, are those of the report. */
public enum Outcome {
    /** 402. */
    CHALLENGED,
    /** Another 4xx. */
    REFUSED,
    /** 1xx to 3xx: something else than a refusal. */
    PASSED,
    /** 429: the probe is too fast. */
    THROTTLED,
    /** 5xx. */
    FAILED,
    /** No answer. */
    SILENT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(Reply reply) {
        return switch (reply) {
            case Reply.Silence silence -> SILENT;
            case Reply.Answer answer -> of(answer.status());
        };
    }

    private static Outcome of(int status) {
        if (status == 402) return CHALLENGED;
        if (status == 429) return THROTTLED;
        if (status < 400) return PASSED;
        return status < 500 ? REFUSED : FAILED;
    }
}
