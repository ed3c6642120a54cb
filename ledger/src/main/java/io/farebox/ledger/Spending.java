package io.farebox.ledger;

import io.farebox.gate.Account;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.PaymentState;
import io.farebox.gate.TransferReasons;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Enters signed payments as spent that a payer has made himself, so that none of them can be charged as a payment. */
final class Spending {
    private static final String WHY = TransferReasons.TRANSFERRED;

    private final BookSession session;
    private final Account account;
    private final Instant now;

    Spending(BookSession session, Account account, Instant now) {
        this.session = session;
        this.account = account;
        this.now = now;
    }

    /** @return false if one of them is, or may become, charged; then nothing was changed */
    boolean spend(List<String> keys) throws SQLException {
        for (String key : keys) {
            Row row = session.find(key);
            if (row != null && !isFree(row.state)) return false;
        }
        for (String key : keys) spend(key);
        return true;
    }

    private static boolean isFree(PaymentState state) {
        return switch (state) {
            case RELEASED, FAILED, EXPIRED -> true;
            case CLAIMED, SETTLING, SETTLED, UNKNOWN, REVERSED, REFUND_DUE, REFUNDED -> false;
        };
    }

    private void spend(String key) throws SQLException {
        Row known = session.find(key);
        Row row = known == null ? Row.entered(UUID.randomUUID().toString(), request(key)) : known;
        row.end(PaymentState.EXPIRED, WHY);
        row.updatedAt = Millis.of(now);
        if (known == null) session.insert(row);
        else session.save(row);
    }

    private ClaimRequest request(String key) {
        return new ClaimRequest(
                key,
                account.payer(),
                account.network(),
                account.asset(),
                BigInteger.ZERO,
                account.payTo(),
                WHY,
                "",
                "",
                null,
                null,
                now,
                "",
                WHY,
                now,
                now,
                now,
                now,
                0,
                true);
    }
}
