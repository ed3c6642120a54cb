package io.farebox.chain.own;

import io.farebox.chain.Eip3009Digest;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.chain.lookup.SendingNodes;
import io.farebox.chain.lookup.TokenFacts;
import io.farebox.x402.PaymentRequirements;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds the tokens of one network against the chain. Nothing is settled in a token before it has been found there as
 * configured: what would be signed and sent is a call of that address. Thread-safe.
 */
final class TokenCheck {
    private static final System.Logger LOG = System.getLogger(OwnFacilitator.class.getName());

    /** Prices are many and tokens few: a chain that does not answer is not asked for each price. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** What is known of a token. */
    enum Standing {
        RIGHT,
        /** It is not what the configuration says: never settled. */
        WRONG,
        /** The chain could not be asked yet. */
        UNCHECKED,
        /** Not one of ours. */
        FOREIGN
    }

    private final SendingNodes nodes;
    private final Eip3009Digest digest = new Eip3009Digest();
    private final Map<String, OwnToken> tokens = new ConcurrentHashMap<>();
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();
    private final InstantSource clock;

    TokenCheck(SendingNodes nodes, InstantSource clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /** Adds a token, which the configuration names; it is asked about now, unless the chain did not answer a moment ago. */
    void know(OwnToken token) {
        String key = key(token.terms());
        OwnToken before = tokens.put(key, token);
        if (before != null && !sameDomain(before.terms(), token.terms())) standings.remove(key);
        Instant last = asked.get(key);
        if (last != null && last.plus(AGAIN).isAfter(clock.instant())) return;
        if (checked(key, token) == Standing.UNCHECKED) asked.put(key, clock.instant());
    }

    /** What is known of the token of these terms; the chain is asked if it has not been. */
    Standing standing(PaymentRequirements terms) {
        OwnToken token = tokens.get(key(terms));
        if (token == null) return Standing.FOREIGN;
        Standing standing = checked(key(terms), token);
        // Terms of others may name another domain for a token that is ours.
        boolean same = sameDomain(terms, token.terms());
        return standing == Standing.RIGHT && !same ? Standing.FOREIGN : standing;
    }

    /** As {@link #standing}, as far as is known; nobody is asked. */
    Standing known(PaymentRequirements terms) {
        String key = key(terms);
        if (!tokens.containsKey(key)) return Standing.FOREIGN;
        return standings.getOrDefault(key, Standing.UNCHECKED);
    }

    private Standing checked(String key, OwnToken token) {
        Standing known = standings.get(key);
        if (known != null) return known;
        try {
            Optional<String> fault = fault(token);
            Standing found = fault.isEmpty() ? Standing.RIGHT : Standing.WRONG;
            if (standings.putIfAbsent(key, found) == null) fault.ifPresent(what -> tell(token, what));
            return found;
        } catch (ChainUnreadableException e) {
            return Standing.UNCHECKED;
        }
    }

    private static void tell(OwnToken token, String fault) {
        LOG.log(
                System.Logger.Level.ERROR,
                "{0} is not settled by our own facilitator: {1}. Mend the asset under `assets`, or take it out of `accept`",
                token.name(),
                fault);
    }

    private Optional<String> fault(OwnToken token) throws ChainUnreadableException {
        PaymentRequirements terms = token.terms();
        Optional<TokenFacts> facts = nodes.token(terms.asset());
        if (facts.isEmpty()) return Optional.of("there is no token with EIP-3009 at " + terms.asset());
        if (!facts.get().decimals().equals(BigInteger.valueOf(token.decimals())))
            return Optional.of("it has " + facts.get().decimals().min(BigInteger.valueOf(999))
                    + " decimals on the chain, and " + token.decimals() + " here");
        String ours = digest.domainSeparator(terms)
                .map(bytes -> "0x" + HexFormat.of().formatHex(bytes))
                .orElse("");
        return ours.equals(facts.get().domainSeparator())
                ? Optional.empty()
                : Optional.of("name or version of its domain are others on the chain than here");
    }

    private boolean sameDomain(PaymentRequirements one, PaymentRequirements other) {
        Optional<byte[]> first = digest.domainSeparator(one);
        Optional<byte[]> second = digest.domainSeparator(other);
        return first.isPresent() && second.isPresent() && Arrays.equals(first.get(), second.get());
    }

    private static String key(PaymentRequirements terms) {
        return terms.asset().toLowerCase(Locale.ROOT);
    }
}
