package io.farebox.gate;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: what people do with balances and the tokens that name them. Every method is atomic and durable when it returns, may block and is
 * safe for concurrent use; all throw {@link BookUnavailableException} when it is not certain what was written, and may then be called
 * again in the same way.
 */
public interface BalanceDesk {
    /** How many of anything are given at once, at most. */
    int MOST = 500;

    /** Something that is left on a balance. */
    record Left(Account account, BigInteger amount, Instant updatedAt) {}

    /** A token, without anything that could be paid with. @param id the beginning of its digest */
    record Issued(String id, Token token) {}

    /** Balances on which anything is left, in the order of their accounts. @param after behind which to begin, or null */
    List<Left> list(@Nullable Account after, int limit);

    /** Those of a payer, {@link #MOST} at most. */
    List<Left> of(String payer);

    /** A payer's tokens, also those that have ended, the latest first; {@link #MOST} at most. */
    List<Issued> tokens(String payer);

    /** Ends all tokens of a payer. @return how many there were that had not ended */
    int endTokens(String payer, Instant now);

    /** Writes down that something was paid back, and takes it from the balance: once for its transaction. */
    PaidBack payBack(PayBack act);

    /**
     * Something that was paid back by hand.
     *
     * @param transaction by which it was
     * @param by who says so
     * @param note why, for people
     */
    record PayBack(Account account, BigInteger amount, String transaction, String by, String note, Instant now) {
        public PayBack {
            if (amount.signum() <= 0) throw new IllegalArgumentException("what is paid back is above zero");
        }

        /** Names the debit: a transaction pays back once. */
        public String key() {
            return "back:" + account.network() + ':' + transaction;
        }
    }

    /** What became of it. */
    enum PaidBack {
        DONE,
        /** It was written down before. */
        ALREADY,
        /** Less is left, beside what is under way. */
        INSUFFICIENT
    }
}
