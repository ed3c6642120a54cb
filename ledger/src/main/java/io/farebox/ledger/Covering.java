package io.farebox.ledger;

import io.farebox.gate.Account;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.PaymentState;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Whether a balance covers one more draw beside those that are under way. What is claimed is reserved by its row and by nothing else,
 * so nothing has to be given back when it ends.
 */
final class Covering {
    /** Along the index of what is open for a payer. */
    static final String UNDER_WAY = PaymentTable.SELECT + " where payer = ? and wakes_at >= 0"
            + " and state in ('CLAIMED', 'SETTLING', 'UNKNOWN') and payment_key like 'token:%'";

    private Covering() {}

    /** A claim of this very payment that has lapsed reserves nothing any more, as any other. */
    static boolean covers(BookSession session, ClaimRequest request) throws SQLException {
        return free(session, request.account(), request.now()).compareTo(request.amount()) >= 0;
    }

    /** What is on a balance and not reserved. */
    static BigInteger free(BookSession session, Account account, Instant now) throws SQLException {
        // In this order: what is taken in between, by a process that no lock keeps away, is counted twice and not
        // never.
        BigInteger reserved = reserved(session, account, now);
        return BalanceTable.balance(session, account).subtract(reserved);
    }

    private static BigInteger reserved(BookSession session, Account account, Instant now) throws SQLException {
        session.writeNow();
        PreparedStatement select = session.statement(UNDER_WAY);
        select.setString(1, account.payer());
        BigInteger sum = BigInteger.ZERO;
        for (Row row : BookSession.rows(select)) {
            boolean same = new Account(row.network, row.asset, row.payTo, row.payer).equals(account);
            if (same && isReserved(session, row, now)) sum = sum.add(row.amount);
        }
        return sum;
    }

    private static boolean isReserved(BookSession session, Row row, Instant now) throws SQLException {
        return row.state == PaymentState.CLAIMED ? !row.lapsed(now) : !BalanceTable.isDecided(session, row.key);
    }
}
