package io.farebox.ledger;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.DeskAct;
import io.farebox.gate.DeskAct.Change;
import io.farebox.gate.DeskEntry;
import io.farebox.gate.DeskResult;
import io.farebox.gate.DeskResult.Why;
import io.farebox.gate.PaymentState;
import io.farebox.x402.Network;
import java.sql.SQLException;
import java.util.Set;

/** One step of an operator. */
final class Acting {
    /** The reason of a payment that an operator has declared uncharged. */
    static final String NOT_CHARGED = "operator_not_charged";

    private final BookSession session;
    private final DeskAct act;
    private final Row row;
    private final Set<Network> watched;

    private Acting(BookSession session, DeskAct act, Row row, Set<Network> watched) {
        this.session = session;
        this.act = act;
        this.row = row;
        this.watched = watched;
    }

    /** @param watched the networks on which what is charged is looked at again */
    static DeskResult act(BookSession session, DeskAct act, Set<Network> watched) throws SQLException {
        Row row = ShelfTable.byId(session, act.paymentId());
        return row == null ? new DeskResult.NotFound() : new Acting(session, act, row, watched).act();
    }

    private DeskResult act() throws SQLException {
        return switch (act.change()) {
            case DeskAct.Charged charged -> charged(charged);
            case DeskAct.NotCharged notCharged -> notCharged();
            case DeskAct.RefundDue refundDue -> refundDue();
            case DeskAct.Refunded refunded -> refunded(refunded);
            case DeskAct.Reversed reversed -> reversed();
        };
    }

    private DeskResult charged(DeskAct.Charged charged) throws SQLException {
        String stands = row.transactionKey();
        if (row.state == PaymentState.SETTLED && stands != null)
            return stands.equals(row.canonical(charged.transaction())) ? already() : refused(Why.OTHER_TRANSACTION);
        if (row.state != PaymentState.UNKNOWN) return refused(Why.WRONG_STATE);
        String before = state();
        row.transaction = charged.transaction();
        if (!act.proven() && session.sharesTransaction(row)) {
            row.transaction = null;
            return refused(Why.DUPLICATE_TRANSACTION);
        }
        row.end(PaymentState.SETTLED, null);
        row.delivery = DeliveryState.OWED;
        row.receiptPayer = row.payer;
        row.settledAt = Millis.of(act.now());
        row.owedUntil = Millis.of(charged.owedUntil());
        WatchTable.add(session, row, watched);
        return done(before);
    }

    private DeskResult notCharged() throws SQLException {
        if (row.state == PaymentState.FAILED) return already();
        if (row.state != PaymentState.UNKNOWN) return refused(Why.WRONG_STATE);
        if (!act.proven() && row.validBefore > Millis.of(act.windowsOver())) return refused(Why.WINDOW_OPEN);
        String before = state();
        row.releases++;
        row.end(PaymentState.FAILED, NOT_CHARGED);
        return done(before);
    }

    private DeskResult refundDue() throws SQLException {
        if (row.state == PaymentState.REFUND_DUE) return already();
        if (!row.isOwed()) return refused(Why.WRONG_STATE);
        return become(PaymentState.REFUND_DUE);
    }

    private DeskResult refunded(DeskAct.Refunded refunded) throws SQLException {
        if (row.state == PaymentState.REFUNDED)
            return refunded.transaction().equals(ActionTable.lastReference(session, row.id, refunded.name()))
                    ? already()
                    : refused(Why.OTHER_TRANSACTION);
        if (row.state != PaymentState.REFUND_DUE) return refused(Why.WRONG_STATE);
        return become(PaymentState.REFUNDED);
    }

    private DeskResult reversed() throws SQLException {
        if (row.state == PaymentState.REVERSED) return already();
        if (row.state != PaymentState.SETTLED && row.state != PaymentState.REFUND_DUE) return refused(Why.WRONG_STATE);
        return become(PaymentState.REVERSED);
    }

    private DeskResult become(PaymentState state) throws SQLException {
        String before = state();
        row.state = state;
        return done(before);
    }

    /** Whoever held the row has lost it: its fence has moved on. */
    private DeskResult done(String before) throws SQLException {
        row.hold("operator", act.now(), act.now());
        session.save(row);
        Change change = act.change();
        ActionTable.add(
                session,
                row.id,
                new DeskEntry(
                        act.now(),
                        act.by(),
                        change.name(),
                        before,
                        state(),
                        act.proven() ? ActionTable.CHAIN : ActionTable.OPERATOR,
                        change.reference(),
                        act.note()));
        return new DeskResult.Done(row.toRecord());
    }

    private String state() {
        return row.state + "/" + row.delivery;
    }

    private DeskResult already() {
        return new DeskResult.Already(row.toRecord());
    }

    private DeskResult refused(Why why) {
        return new DeskResult.Refused(why, row.toRecord());
    }
}
