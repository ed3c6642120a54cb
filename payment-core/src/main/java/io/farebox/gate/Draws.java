package io.farebox.gate;

import io.farebox.gate.Decision.Candidate;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds out what a token pays, and from which balance. Asks the book, once, about tokens that were made here, and about no others. */
final class Draws {
    private final @Nullable Prepaid prepaid;

    Draws(@Nullable Prepaid prepaid) {
        this.prepaid = prepaid;
    }

    /** What a token comes to. */
    sealed interface Found {
        /** It may be drawn on, if there is enough. */
        record Payable(Token token, Candidate candidate, SchemePayload.Token payload) implements Found {}

        /** It may not, for a reason of {@link TokenReasons}. */
        record Refused(String reason) implements Found {}
    }

    /** @throws BookUnavailableException if nobody can tell */
    Found of(Decision.Attempt attempt, SchemePayload.Token shown, Instant now) {
        Optional<Token> found =
                prepaid == null ? Optional.empty() : prepaid.tokens().find(shown.digest());
        if (found.isEmpty()) return new Found.Refused(TokenReasons.UNKNOWN);
        Token token = found.get();
        String unmet = token.unmet(attempt.taken().routeId(), now);
        if (unmet != null) return new Found.Refused(unmet);
        Candidate candidate = candidate(attempt, token.account());
        if (candidate == null) return new Found.Refused(TokenReasons.OTHER_ROUTE);
        var draw = new SchemePayload.Draw(
                UUID.randomUUID().toString(), token.account().payer(), token.origin());
        return new Found.Payable(token, candidate, shown.of(draw));
    }

    /** Of a bundle one request, whatever it costs; of another balance the price in its asset. */
    private static @Nullable Candidate candidate(Decision.Attempt attempt, Account account) {
        if (Bundle.isAsset(account.asset())) {
            Candidate any = attempt.candidates().getFirst();
            return new Candidate(any.offer(), terms(account, BigInteger.ONE, any.terms()), null);
        }
        for (Candidate each : attempt.candidates()) {
            if (Account.of(each.terms(), account.payer()).equals(account))
                return new Candidate(each.offer(), terms(account, each.terms().amount(), each.terms()), null);
        }
        return null;
    }

    private static PaymentRequirements terms(Account account, BigInteger amount, PaymentRequirements like) {
        boolean same = like.network().equals(account.network()) && !Bundle.isAsset(account.asset());
        return new PaymentRequirements(
                SchemePayload.Token.SCHEME,
                account.network(),
                amount,
                same ? like.asset() : account.asset(),
                same ? like.payTo() : account.payTo(),
                like.maxTimeoutSeconds(),
                Map.of());
    }
}
