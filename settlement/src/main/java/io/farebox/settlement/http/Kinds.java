package io.farebox.settlement.http;

import io.farebox.x402.Network;
import io.farebox.x402.SupportedResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a facilitator said it supports. Immutable.
 *
 * @param combinations of version, scheme and network
 * @param answer as it was read
 */
record Kinds(Set<Combination> combinations, SupportedResponse answer) {
    /** One that it takes. */
    record Combination(int version, String scheme, Network network) {}

    static Kinds of(SupportedResponse answer) {
        return new Kinds(
                answer.kinds().stream()
                        .map(kind -> new Combination(kind.version(), kind.scheme(), kind.network()))
                        .collect(Collectors.toUnmodifiableSet()),
                answer);
    }

    boolean has(int version, String scheme, Network network) {
        return combinations.contains(new Combination(version, scheme, network));
    }

    /** Whether it takes this in either version. */
    boolean has(String scheme, Network network) {
        return has(1, scheme, network) || has(2, scheme, network);
    }

    /** The version to speak: the client's if possible; null if it takes neither. */
    @Nullable
    Integer version(int preferred, String scheme, Network network) {
        if (has(preferred, scheme, network)) return preferred;
        int other = 3 - preferred;
        return has(other, scheme, network) ? other : null;
    }

    /** Who may pay the fees of a Solana transaction that it settles; empty if it did not say. */
    Set<String> feePayers(Network network) {
        Set<String> all = new HashSet<>();
        answer.kinds().stream().filter(kind -> kind.network().equals(network)).forEach(kind -> {
            if (kind.extra().get("feePayer") instanceof String feePayer) all.add(feePayer);
        });
        for (String pattern : List.of(network.caip2(), network.namespace() + ":*")) {
            all.addAll(answer.signers().getOrDefault(pattern, List.of()));
        }
        return all;
    }
}
