package io.farebox.probe;

import io.farebox.probe.corpus.Trial;
import java.util.Locale;

/**
 * Something that a deployment should not do.
 *
 * @param trial the request that showed it
 * @param status of the answer; 0 for none
 * @param upstreamStatus of the answer that the server behind the gateway gave to the same request; 0 for none
 * @param why what makes it a finding, in a sentence
 * @param remedy how to mend it, in a sentence
 */
public record Finding(
        Kind kind, Severity severity, Trial trial, int status, int upstreamStatus, String why, String remedy) {
    /** The names, in lower case, are those of the report: they are added to and never renamed. */
    public enum Kind {
        /** A priced route was served and nobody had paid. */
        REACHED,
        /** Something was served that nothing known explains; it may be a priced route. */
        SUSPICIOUS,
        /** A priced route does not ask for a payment that a client could make. */
        NO_CHALLENGE,
        /** The challenge names a host that the client made up. */
        SPOOFED_NAME,
        /** A plain legal URL was refused. */
        LEGAL_REFUSED,
        /** An address that must not answer from here does. */
        UPSTREAM_REACHABLE,
        /** The gateway failed; nothing was given away. */
        SERVER_ERROR;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The most severe first. */
    public enum Severity {
        HIGH,
        MEDIUM,
        /** Worth a look; does not fail a run. */
        LOW;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
