package io.farebox.app.operate;

import io.farebox.gate.DeskCursor;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.DeskResult;
import io.farebox.gate.DeskResult.Why;
import io.farebox.gate.ErasureResult;
import io.farebox.gate.PaymentRecord;
import io.farebox.settlement.operate.Operations;
import io.farebox.settlement.operate.Resolution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API answers, without its HTTP. May block. Thread-safe. */
final class OperatorDesk {
    private final Operations operations;

    OperatorDesk(Operations operations) {
        this.operations = operations;
    }

    Answer summary() {
        return Answer.ok(Map.of(
                "open", operations.tallies().stream().map(PaymentJson::of).toList()));
    }

    Answer list(Map<String, List<String>> query) {
        return query.containsKey("key") ? byKey(query) : page(DeskRequest.page(query));
    }

    private Answer page(DeskQuery query) {
        List<PaymentRecord> rows = operations.list(query);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("payments", rows.stream().map(PaymentJson::of).toList());
        if (rows.size() == query.limit())
            body.put("next", DeskCursor.of(rows.getLast()).text());
        return Answer.ok(body);
    }

    private Answer byKey(Map<String, List<String>> query) {
        String key = DeskRequest.one(query, "key");
        if (key == null || query.size() > 1) throw new BadRequestException("key goes alone.");
        return Answer.ok(Map.of(
                "payments", operations.byKey(key).stream().map(PaymentJson::of).toList()));
    }

    Answer one(String id) {
        Optional<PaymentRecord> row = operations.byId(id);
        if (row.isEmpty()) return noSuchPayment();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("payment", PaymentJson.of(row.get()));
        body.put("actions", operations.entries(id).stream().map(PaymentJson::of).toList());
        return Answer.ok(body);
    }

    private static Answer noSuchPayment() {
        return Answer.error(404, "no_such_payment", "The book has no payment with this id, or none any more.");
    }

    Answer resolve(String id, byte[] body) {
        return switch (operations.resolve(id, DeskRequest.decision(body))) {
            case Resolution.Answered(DeskResult result, boolean proven) -> answer(result, proven);
            case Resolution.TransactionNeeded needed ->
                Answer.error(
                        400,
                        "transaction_needed",
                        "The chain could not tell. Name the transaction, whole: 0x and 64 digits on EVM chains.");
            case Resolution.Contradicted contradicted -> contradicted(contradicted);
        };
    }

    private static Answer contradicted(Resolution.Contradicted by) {
        String transaction = by.transaction();
        return transaction == null
                ? Answer.error(409, "chain_says_otherwise", "The chain shows that it was not charged and will not be.")
                : Answer.error(409, "chain_says_otherwise", "The chain shows that it was charged.")
                        .and("transaction", transaction);
    }

    private static Answer answer(DeskResult result, boolean proven) {
        return switch (result) {
            case DeskResult.Done(PaymentRecord row) -> taken("done", row).and("word", proven ? "chain" : "operator");
            case DeskResult.Already(PaymentRecord row) -> taken("already", row);
            case DeskResult.NotFound notFound -> noSuchPayment();
            case DeskResult.Refused(Why why, PaymentRecord row) -> refused(why).and("payment", PaymentJson.of(row));
        };
    }

    private static Answer taken(String how, PaymentRecord row) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("result", how);
        body.put("payment", PaymentJson.of(row));
        return Answer.ok(body);
    }

    private static Answer refused(Why why) {
        return switch (why) {
            case WRONG_STATE ->
                Answer.error(409, "wrong_state", "The payment is in a state in which this cannot be done.");
            case WINDOW_OPEN ->
                Answer.error(
                        409,
                        "window_open",
                        "It can still be charged, until five minutes after validBefore. Wait, or have the chain asked"
                                + " (networks.*.rpc).");
            case DUPLICATE_TRANSACTION ->
                Answer.error(
                        409,
                        "duplicate_transaction",
                        "Another payment stands on that transaction, and the chain was not seen to show this one in it.");
            case OTHER_TRANSACTION ->
                Answer.error(409, "other_transaction", "It stands on another transaction already.");
        };
    }

    Answer erase(String payer, byte[] body) {
        DeskRequest.Reason reason = DeskRequest.reason(body);
        return switch (operations.erase(payer, reason.by(), reason.note())) {
            case ErasureResult.Erased(int rows, boolean tooYoung) -> {
                Map<String, Object> told = new LinkedHashMap<>();
                told.put("erased", rows);
                told.put("more", tooYoung);
                yield Answer.ok(told);
            }
            case ErasureResult.StillOpen open ->
                Answer.error(
                        409,
                        "still_open",
                        "Something of this payer is under way, unknown, owed or to be refunded: settle that first.");
        };
    }
}
