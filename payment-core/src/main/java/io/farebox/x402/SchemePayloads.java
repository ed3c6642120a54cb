package io.farebox.x402;

import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and writes the scheme-specific part, which is the same in both wire versions. */
public final class SchemePayloads {
    private static final int MAX_SIGNATURE = 8 * 1024;
    private static final int MAX_TRANSACTION = 2 * 1024;
    private static final int SOLANA_SIGNATURE = 64;

    private SchemePayloads() {}

    /** Reads {@code payload}. @throws JsonFormatException if it is not one that the network knows */
    public static SchemePayload read(Network network, JsonObject payload) {
        if (network.isEvm()) return eip3009(payload);
        if (network.isSolana()) return solana(payload);
        throw new JsonFormatException("network without a payload form");
    }

    /** Writes {@code payload}. */
    public static Map<String, Object> write(SchemePayload payload) {
        Map<String, Object> out = new LinkedHashMap<>();
        switch (payload) {
            case SchemePayload.Eip3009 p -> {
                out.put("signature", p.signature());
                Map<String, Object> authorization = new LinkedHashMap<>();
                authorization.put("from", p.from());
                authorization.put("to", p.to());
                authorization.put("value", p.value().toString());
                authorization.put("validAfter", p.validAfter().toString());
                authorization.put("validBefore", p.validBefore().toString());
                authorization.put("nonce", p.nonce());
                out.put("authorization", authorization);
            }
            case SchemePayload.Solana p -> out.put("transaction", p.transaction());
            case SchemePayload.Transfer p -> {
                out.put("transaction", p.transaction());
                if (p.proof() != null) out.put("challenge", p.proof().challenge());
                if (p.payer() != null) out.put("payer", p.payer());
            }
            case SchemePayload.Token p -> {
                SchemePayload.Draw draw = p.draw();
                if (draw == null) throw new IllegalStateException("a token is written nowhere");
                out.put("draw", draw.id());
                out.put("payer", draw.payer());
                out.put("transaction", draw.origin());
            }
        }
        return out;
    }

    private static SchemePayload eip3009(JsonObject payload) {
        JsonObject authorization = payload.object("authorization");
        return new SchemePayload.Eip3009(
                hex(payload.string("signature"), 0, MAX_SIGNATURE),
                hex(authorization.string("from"), 40, 40),
                hex(authorization.string("to"), 40, 40),
                amount(authorization.string("value")),
                amount(authorization.string("validAfter")),
                amount(authorization.string("validBefore")),
                hex(authorization.string("nonce"), 64, 64));
    }

    private static SchemePayload solana(JsonObject payload) {
        String transaction = payload.string("transaction");
        if (transaction.isEmpty() || transaction.length() > MAX_TRANSACTION)
            throw new JsonFormatException("transaction");
        return new SchemePayload.Solana(transaction);
    }

    /** Reads what {@link #write} keeps of a transfer: its signature is not kept, because it was checked before. */
    static SchemePayload.Transfer transfer(Network network, JsonObject payload) {
        String challenge = payload.stringOrNull("challenge");
        String transaction = payload.string("transaction");
        if (network.isSolana() && Base58.decode(transaction, SOLANA_SIGNATURE).isEmpty())
            throw new JsonFormatException("transaction");
        return new SchemePayload.Transfer(
                network.isSolana() ? transaction : hex(transaction, 64, 64),
                challenge == null ? null : new SchemePayload.TransferProof("", challenge, "", null),
                payload.string("payer"));
    }

    /** Reads what {@link #write} keeps of a draw. */
    static SchemePayload.Token token(JsonObject payload) {
        var draw =
                new SchemePayload.Draw(payload.string("draw"), payload.string("payer"), payload.string("transaction"));
        return new SchemePayload.Token("", null, draw);
    }

    private static BigInteger amount(String text) {
        return AtomicAmount.parse(text).orElseThrow(() -> new JsonFormatException("not an amount"));
    }

    private static String hex(String text, int least, int most) {
        int digits = text.length() - 2;
        if (digits < least || digits > most || digits % 2 != 0) throw new JsonFormatException("length of hex text");
        if (text.charAt(0) != '0' || text.charAt(1) != 'x') throw new JsonFormatException("hex text without 0x");
        for (int i = 2; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f')
                throw new JsonFormatException("not hex");
        }
        return text;
    }
}
