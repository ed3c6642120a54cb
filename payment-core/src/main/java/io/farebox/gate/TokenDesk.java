package io.farebox.gate;

import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives tokens out, says how their balances stand, and ends them. May block. */
final class TokenDesk {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final @Nullable Prepaid prepaid;
    private final TokenRail rail;
    private final Answers answers;
    private final InstantSource clock;

    TokenDesk(@Nullable Prepaid prepaid, TokenRail rail, Answers answers, InstantSource clock) {
        this.prepaid = prepaid;
        this.rail = rail;
        this.answers = answers;
        this.clock = clock;
    }

    /** How the balance stands that a request was paid from, with a token if its payer asked for one; null for other payments. */
    @Nullable
    Standing standing(Grant grant) {
        if (prepaid == null) return null;
        try {
            return switch (grant.request.payment().payload()) {
                case SchemePayload.Token drawn -> standing(prepaid, grant, grant.token, null, drawn.name() != null);
                case SchemePayload.Transfer shown -> grant.attempt.wantsToken() ? issued(prepaid, grant, shown) : null;
                case SchemePayload.Eip3009 p -> null;
                case SchemePayload.Solana p -> null;
            };
        } catch (BookUnavailableException e) {
            // Nothing hangs on it: the holder can ask, and a payer can ask for a token with the next proof.
            return null;
        }
    }

    private static Standing standing(
            Prepaid prepaid, Grant grant, @Nullable Token token, @Nullable String issued, @Nullable Boolean named) {
        PaymentRequirements terms = grant.request.requirements();
        BigInteger balance = prepaid.balances().balance(Account.of(terms, grant.payer));
        return new Standing(
                balance, balance.divide(terms.amount()), token == null ? null : token.expiresAt(), issued, named);
    }

    /** Only for who has signed for the transfer, and paid; an empty balance needs no token. */
    private Standing issued(Prepaid prepaid, Grant grant, SchemePayload.Transfer shown) {
        Standing before = standing(prepaid, grant, null, null, null);
        if (shown.proof() == null || !grant.settled() || before.balance().signum() == 0) return before;
        Account account = Account.of(grant.request.requirements(), grant.payer);
        TokenTerms terms = prepaid.terms();
        Token token = token(account, terms.routes(), shown.transaction(), terms.ttl());
        return new Standing(before.balance(), before.left(), token.expiresAt(), issue(prepaid, token), null);
    }

    private Token token(Account account, List<String> routes, String origin, Duration ttl) {
        Instant now = clock.instant();
        return new Token(account, routes, origin, now, now.plus(ttl), null);
    }

    private String issue(Prepaid prepaid, Token token) {
        String text = rail.mint();
        prepaid.tokens().issue(TokenSeal.digest(text), token);
        return text;
    }

    /** Hands over a bundle that is paid: once for its payment, however often it is asked for. */
    GateResponse sell(Grant grant, Bundle bundle) {
        SettleResponse receipt = Objects.requireNonNull(grant.receipt, "a bundle is paid before it is handed over");
        PaymentRequirements terms = grant.request.requirements();
        Account account = new Account(terms.network(), bundle.asset(), terms.payTo(), grant.payer);
        var deposit = new Deposit("bundle:" + grant.claim.paymentId(), 0, BigInteger.valueOf(bundle.requests()));
        try {
            Prepaid at = Objects.requireNonNull(prepaid, "bundles are sold only where tokens are taken");
            at.balances().credit(account, List.of(deposit), List.of(), clock.instant());
            Token token = token(account, bundle.routes(), receipt.transaction(), bundle.ttl());
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("token", issue(at, token));
            said.putAll(describe(token, at.balances().balance(account)));
            return answers.said(201, said, grant.attempt.cors());
        } catch (BookUnavailableException e) {
            return answers.unavailable(grant.attempt, TokenReasons.NOT_ISSUED, RETRY);
        }
    }

    /** What a holder is told of a token, or that it has ended. */
    GateResponse answer(Decision.Inquiry inquiry) {
        if (prepaid == null) return answers.rejection(404, "unpriced_path", inquiry.cors());
        try {
            Optional<Token> found = prepaid.tokens().find(inquiry.digest());
            String over = found.isEmpty() ? TokenReasons.UNKNOWN : found.get().over(clock.instant());
            if (inquiry.ends() && found.isPresent()) {
                prepaid.tokens().revoke(inquiry.digest(), clock.instant());
                return answers.done(inquiry.cors());
            }
            if (over != null) return answers.rejection(403, over, inquiry.cors());
            Token token = found.orElseThrow();
            return answers.said(200, describe(token, prepaid.balances().balance(token.account())), inquiry.cors());
        } catch (BookUnavailableException e) {
            return answers.rejection(503, Reasons.BOOK_DOWN, inquiry.cors());
        }
    }

    private static Map<String, Object> describe(Token token, BigInteger balance) {
        Account account = token.account();
        Map<String, Object> out = new LinkedHashMap<>();
        if (Bundle.isAsset(account.asset())) {
            out.put("requestsLeft", balance.toString());
        } else {
            out.put("balance", balance.toString());
            out.put("network", account.network().caip2());
            out.put("asset", account.asset());
        }
        if (!token.routes().isEmpty()) out.put("routes", token.routes());
        out.put("expires", token.expiresAt().toString());
        return out;
    }
}
