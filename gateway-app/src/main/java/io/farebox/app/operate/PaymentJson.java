package io.farebox.app.operate;

import io.farebox.gate.DeskEntry;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.Shelf;
import io.farebox.gate.Tally;
import io.farebox.x402.SettleResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as the API shows them: never the payload, which is as good as money. Amounts are texts, in atomic units. */
final class PaymentJson {
    private final Map<String, Object> members = new LinkedHashMap<>();

    private PaymentJson() {}

    static Map<String, Object> of(PaymentRecord row) {
        SettleResponse receipt = row.receipt();
        return new PaymentJson()
                .put("id", row.claim().paymentId())
                .put("state", row.state().name())
                .put("delivery", row.delivery().name())
                .put("payer", row.payer())
                .put("network", row.network().caip2())
                .put("asset", row.asset())
                .put("amount", row.amount().toString())
                .put("payTo", row.payTo())
                .put("route", row.routeId())
                .put("facilitator", row.facilitator())
                .put("transaction", receipt == null ? null : receipt.transaction())
                .put("reason", row.reason())
                .put("releases", row.releases())
                .put("validBefore", row.validBefore().toString())
                .put(
                        "owedUntil",
                        row.owedUntil() == null ? null : row.owedUntil().toString())
                .put("createdAt", row.createdAt().toString())
                .put("updatedAt", row.updatedAt().toString())
                .put("priceVersion", row.priceVersion())
                .put("key", row.claim().key())
                .members;
    }

    static Map<String, Object> of(DeskEntry entry) {
        return new PaymentJson()
                .put("at", entry.at().toString())
                .put("by", entry.by())
                .put("action", entry.action())
                .put("before", entry.before())
                .put("after", entry.after())
                .put("word", entry.word())
                .put("reference", entry.reference())
                .put("note", entry.note())
                .members;
    }

    static Map<String, Object> of(Tally tally) {
        return new PaymentJson()
                .put("state", word(tally.shelf()))
                .put("network", tally.network().caip2())
                .put("asset", tally.asset())
                .put("count", tally.count())
                .put("amount", tally.amount().toString())
                .put("oldest", tally.oldest().toString())
                .put("more", tally.more())
                .members;
    }

    /** A shelf as it is written in URLs. */
    static String word(Shelf shelf) {
        return shelf.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private PaymentJson put(String name, @Nullable Object value) {
        if (value != null) members.put(name, value);
        return this;
    }
}
