package io.farebox.pricing;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration, or a warning about it, written for the person who has to mend it.
 *
 * @param code what kind of problem
 * @param source file name, or what else the configuration was read from
 * @param line counted from 1; 0 where there are no lines
 * @param keyPath {@code routes[1].price}; empty if the whole is meant
 * @param value what stands there, shortened and made printable; null for secrets and for what is absent
 * @param reason what is wrong: a phrase that follows the value, such as {@code has no unit}
 * @param fix what to do, in whole sentences
 */
public record ConfigProblem(
        ProblemCode code,
        String source,
        int line,
        String keyPath,
        @Nullable String value,
        String reason,
        String fix) {

    /** In one line: {@code farebox.yaml:12 routes[1].price: "0.01" has no unit. Write "$0.01" or "0.01 USDC".} */
    @Override
    public String toString() {
        String where = line > 0 ? source + ":" + line : source;
        String path = keyPath.isEmpty() ? "" : " " + keyPath;
        String subject = value == null ? "it" : "\"" + value + "\"";
        return where + path + ": " + subject + " " + reason + ". " + fix;
    }
}
