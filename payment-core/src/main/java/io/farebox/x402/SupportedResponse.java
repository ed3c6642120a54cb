package io.farebox.x402;

import java.util.List;
import java.util.Map;

/**
 * A facilitator's answer to {@code /supported}.
 *
 * @param kinds what it can verify and settle; entries on networks unknown here are left out by the reader
 * @param signers addresses it signs with, by CAIP-2 network or pattern such as {@code eip155:*}
 */
public record SupportedResponse(List<Kind> kinds, Map<String, List<String>> signers) {
    public SupportedResponse {
        kinds = List.copyOf(kinds);
        signers = Map.copyOf(signers);
    }

    /**
     * One supported combination.
     *
     * @param version wire version, 1 or 2
     * @param extra what the facilitator wants in {@code extra} of the requirements, such as {@code feePayer}
     */
    public record Kind(int version, String scheme, Network network, Map<String, Object> extra) {
        public Kind {
            extra = Map.copyOf(extra);
        }
    }
}
