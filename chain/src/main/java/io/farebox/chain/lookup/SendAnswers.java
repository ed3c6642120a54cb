package io.farebox.chain.lookup;

import io.farebox.chain.lookup.SendingNodes.Sent;
import java.util.Locale;
import org.web3j.protocol.core.Response;

/** What nodes mean by an error after a transaction was sent. Only words tell: the code is the same for all. */
final class SendAnswers {
    private SendAnswers() {}

    static Sent read(Response.Error error) {
        String message = error.getMessage() == null ? "" : error.getMessage().toLowerCase(Locale.ROOT);
        if (message.contains("already known")
                || message.contains("already imported")
                || message.contains("known transaction")) return Sent.TAKEN;
        if (message.contains("nonce too low")) return Sent.NONCE_USED;
        if (message.contains("insufficient funds")) return Sent.TOO_POOR;
        boolean cheap = message.contains("underpriced") || message.contains("less than block base fee");
        return cheap ? Sent.TOO_CHEAP : Sent.REFUSED;
    }
}
