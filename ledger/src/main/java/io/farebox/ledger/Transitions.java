package io.farebox.ledger;

import static io.farebox.gate.PaymentState.CLAIMED;
import static io.farebox.gate.PaymentState.EXPIRED;
import static io.farebox.gate.PaymentState.FAILED;
import static io.farebox.gate.PaymentState.RELEASED;
import static io.farebox.gate.PaymentState.SETTLED;
import static io.farebox.gate.PaymentState.SETTLING;
import static io.farebox.gate.PaymentState.UNKNOWN;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.SettledResult;
import io.farebox.x402.Network;
import io.farebox.x402.SettleResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;

/**
 * What each step does to a row that its claim still holds. A step answers false, and has changed nothing, when the row is in
 * a state from which it cannot be taken; one that was taken before by the same claim answers true again.
 */
final class Transitions {
    /** One step. */
    @FunctionalInterface
    interface Step {
        boolean take(Row row);
    }

    private Transitions() {}

    static Step renew(Instant until) {
        return row -> {
            if (row.state != CLAIMED && row.state != SETTLING && row.state != UNKNOWN && !row.isRunning()) return false;
            row.leaseUntil = Millis.of(until);
            return true;
        };
    }

    static Step settling(String facilitator, Instant until, Instant now) {
        return row -> {
            if (row.state != CLAIMED && row.state != SETTLING) return false;
            if (row.state == CLAIMED) row.settlingSince = Millis.of(now);
            row.state = SETTLING;
            row.facilitator = facilitator;
            row.leaseUntil = Millis.of(until);
            return true;
        };
    }

    static Step unknown(String reason, Instant until) {
        return row -> {
            if (row.state != SETTLING && row.state != UNKNOWN) return false;
            row.state = UNKNOWN;
            row.reason = reason;
            row.leaseUntil = Millis.of(until);
            return true;
        };
    }

    static Step failed(String reason) {
        return row -> {
            if (row.state != SETTLING && row.state != UNKNOWN && row.state != FAILED) return false;
            if (row.state != FAILED) row.releases++;
            row.end(FAILED, reason);
            return true;
        };
    }

    static Step expired() {
        return row -> {
            if (row.state != CLAIMED && row.state != UNKNOWN && row.state != EXPIRED) return false;
            row.end(EXPIRED, row.reason);
            return true;
        };
    }

    static Step released(String reason) {
        return row -> {
            // An owed run that was not used: it must not be lost.
            if (row.state == SETTLED) return delivery(DeliveryState.OWED).take(row);
            if (row.state != CLAIMED && row.state != RELEASED) return false;
            if (row.state == CLAIMED) row.releases++;
            row.end(RELEASED, reason);
            return true;
        };
    }

    static Step delivery(DeliveryState target) {
        return row -> {
            if (row.state != SETTLED) return false;
            if (row.delivery != DeliveryState.RUNNING && row.delivery != target) return false;
            row.delivery = target;
            return true;
        };
    }

    /** A settlement, which depends on other rows too. */
    record Settle(
            SettleResponse receipt,
            DeliveryState delivery,
            Instant owedUntil,
            Instant now,
            boolean proven,
            Set<Network> watched) {
        Settle {
            if (!receipt.success()) throw new IllegalArgumentException("the receipt does not say that it is settled");
            if (delivery != DeliveryState.RUNNING && delivery != DeliveryState.OWED)
                throw new IllegalArgumentException("a settled payment is RUNNING or OWED, not " + delivery);
        }

        SettledResult take(BookSession session, Row row) throws SQLException {
            if (row.state == SETTLED) return isSameAs(row) ? SettledResult.RECORDED : SettledResult.LOST;
            if (row.state != SETTLING && row.state != UNKNOWN) return SettledResult.LOST;
            row.end(SETTLED, null);
            row.delivery = delivery;
            row.receiptPayer = receipt.payer();
            row.transaction = receipt.transaction();
            if (!proven && session.sharesTransaction(row)) {
                session.forget(row);
                return SettledResult.DUPLICATE_TRANSACTION;
            }
            row.settledAt = Millis.of(now);
            row.owedUntil = Millis.of(owedUntil);
            row.updatedAt = Millis.of(now);
            session.save(row);
            WatchTable.add(session, row, watched);
            return SettledResult.RECORDED;
        }

        private boolean isSameAs(Row row) {
            return row.transaction != null
                    && row.canonical(row.transaction).equals(row.canonical(receipt.transaction()));
        }
    }
}
