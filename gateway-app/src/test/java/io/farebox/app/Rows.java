package io.farebox.app;

import io.farebox.gate.PaymentRecord;
import io.farebox.ledger.JdbcBook;
import io.farebox.testkit.facilitator.Authorization;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;

/** What the book says of a payment. */
final class Rows {
    private static final String USDC = "evm3009:eip155:84532:0x036cbd53842c5426634e7929541ec2318f3dcf7e:";

    private Rows() {}

    static Authorization authorization(String payment) {
        JsonObject signed = Base64Json.decode(payment).object("payload").object("authorization");
        return new Authorization(signed.string("from"), signed.string("nonce"));
    }

    static String signature(String payment) {
        return Base64Json.decode(payment).object("payload").string("signature");
    }

    static String key(String payment) {
        Authorization authorization = authorization(payment);
        return USDC + authorization.from() + ":" + authorization.nonce();
    }

    /** The row as it lies on the disk, when nobody has the book open any more. */
    static Optional<PaymentRecord> afterwards(Path folder, String payment) {
        try (JdbcBook book = JdbcBook.open(App.book(folder))) {
            return book.find(key(payment));
        }
    }
}
