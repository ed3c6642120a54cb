package io.farebox.app.command.audit;

import io.farebox.app.command.desk.DeskClient;
import io.farebox.gate.TransferReasons;
import io.farebox.settlement.transfer.TransferRails;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The book of a running gateway, page by page. */
public final class DeskBook implements BookSide {
    private static final List<String> SHELVES = List.of("paid", "owed", "refund-due", "reversed");

    private final DeskClient desk;

    public DeskBook(DeskClient desk) {
        this.desk = desk;
    }

    @Override
    public List<BookRow> charged(Instant from, Instant until) {
        List<BookRow> rows = new ArrayList<>();
        for (String shelf : SHELVES) {
            String page = "payments?limit=500&state=" + shelf + "&from=" + from + "&until=" + until;
            @Nullable String next = "";
            while (next != null) {
                JsonObject answer = desk.get(next.isEmpty() ? page : page + "&after=" + next);
                for (JsonObject payment : answer.objects("payments"))
                    if (!isFromBalance(payment)) rows.add(row(payment));
                next = answer.stringOrNull("next");
            }
        }
        return rows;
    }

    @Override
    public Optional<BookRow> byKey(String key) {
        String target = "payments?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
        return desk.get(target).objects("payments").stream().findFirst().map(DeskBook::row);
    }

    /** What was taken from a balance stands on a transfer of more, or of several payments. */
    private static boolean isFromBalance(JsonObject payment) {
        String facilitator = payment.stringOrNull("facilitator");
        return facilitator != null && TransferRails.isOurs(facilitator);
    }

    private static String state(JsonObject payment) {
        return TransferReasons.TRANSFERRED.equals(payment.stringOrNull("reason"))
                ? BookRow.TRANSFERRED
                : payment.string("state");
    }

    private static BookRow row(JsonObject payment) {
        String network = payment.string("network");
        boolean evm = network.startsWith("eip155:");
        String transaction = payment.stringOrNull("transaction");
        return new BookRow(
                payment.string("id"),
                payment.string("key"),
                state(payment),
                network,
                canonical(payment.string("asset"), evm),
                new BigInteger(payment.string("amount")),
                canonical(payment.string("payTo"), evm),
                canonical(transaction == null ? "" : transaction, evm));
    }

    private static String canonical(String text, boolean evm) {
        return evm ? text.toLowerCase(Locale.ROOT) : text;
    }
}
