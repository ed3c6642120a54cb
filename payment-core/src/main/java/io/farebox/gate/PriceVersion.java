package io.farebox.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A price list that a replica offers, or offered until a while ago.
 *
 * @param id its name: when it was published, in milliseconds since 1970 as eleven hexadecimal digits, and what names its
 *     content; so names are in the order of time. Replicas that publish equal lists at once may use one name
 * @param owner the process that offers it
 * @param digest SHA-256 of its prices as text, in hexadecimal: equal lists are read once
 * @param offeredUntil until when its owner offers it, as far as that is known; while it does, the owner moves this on
 * @param payableFor how long what it offers can be paid after that: the longest {@code maxTimeoutSeconds} in it
 */
public record PriceVersion(String id, String owner, String digest, Instant offeredUntil, Duration payableFor) {
    private static final int TIME = 11;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{12,60}");

    /** A name for a price list. @param content lower-case hexadecimal digits that name what it says */
    public static String id(Instant published, String content) {
        return "%011x%s".formatted(published.toEpochMilli(), content);
    }

    /** When the version of this name was published; {@link Instant#MIN} for a text that is no name of a version. */
    public static Instant published(String id) {
        if (!FORM.matcher(id).matches()) return Instant.MIN;
        return Instant.ofEpochMilli(Long.parseLong(id.substring(0, TIME), 16));
    }

    /** When the last payment for it is over. */
    public Instant payableUntil() {
        return offeredUntil.plus(payableFor);
    }
}
