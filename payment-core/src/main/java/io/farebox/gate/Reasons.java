package io.farebox.gate;

import io.farebox.x402.v2.PaymentIdentifier;
import java.util.Map;

/** What our own reason codes mean, for the person who reads a refusal. Codes of the x402 specification speak for themselves. */
final class Reasons {
    static final String MALFORMED_TARGET = "ambiguous_request";
    static final String TWO_PAYMENTS = "multiple_payments";
    static final String IN_USE = "payment_in_use";
    static final String USED = "payment_already_used";
    static final String IDENTIFIER_TAKEN = "payment_identifier_conflict";
    static final String SPENT = "payment_no_longer_accepted";
    static final String BOOK_DOWN = "book_unavailable";
    static final String FACILITATOR_DOWN = "facilitator_unavailable";
    static final String NO_FACILITATOR = "no_facilitator";
    static final String BUSY = "too_many_verifications";
    static final String FULL = "too_many_payments";
    static final String STOPPING = "stopping";
    static final String INVALID_PAYLOAD = "invalid_payload";
    static final String REFUSED = "payment_refused";
    static final String INSUFFICIENT = "insufficient_funds";
    static final String PRICES_UNKNOWN = "prices_unknown";
    static final String CHAIN_DOWN = TransferReasons.CHAIN_DOWN;

    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry(TWO_PAYMENTS, "The request carries more than one payment. Send one."),
            Map.entry(IN_USE, "Another request is using this payment right now."),
            Map.entry(
                    USED,
                    "This payment has been used, or was made for another request. Its receipt is in the headers. Sign a new"
                            + " payment: if this one is still owed an answer, the new one is not charged."),
            Map.entry(
                    IDENTIFIER_TAKEN,
                    "This payment-identifier was used for another request. Nothing was charged. Take a new one for each"
                            + " request; the same one only to ask again for the same."),
            Map.entry(
                    PaymentIdentifier.INVALID,
                    "A payment-identifier has 16 to 128 letters, digits, hyphens and underscores."),
            Map.entry(BOOK_DOWN, "Payments cannot be recorded right now. Nothing was charged. Try again later."),
            Map.entry(
                    FACILITATOR_DOWN, "No facilitator can be reached right now. Nothing was charged. Try again later."),
            Map.entry(NO_FACILITATOR, "No facilitator takes this kind of payment right now. Nothing was charged."),
            Map.entry(BUSY, "Too many payments of this kind are being verified. Nothing was charged. Try again."),
            Map.entry(
                    "priced_upgrade",
                    "This path is priced, and a connection that changes its protocol cannot be paid for."),
            Map.entry(STOPPING, "This server is stopping and takes no new payments. Nothing was charged. Try again."),
            Map.entry(FULL, "Too many payments are being checked at once. Nothing was charged. Try again."),
            Map.entry(
                    "settlement_pending",
                    "The outcome of a payment for this request is not known yet. Try again later: if it was charged, the next"
                            + " valid payment of the same payer is served on it and not charged."),
            Map.entry(
                    PRICES_UNKNOWN,
                    "Whether this price is offered cannot be told right now. Nothing was charged. Try again later."),
            Map.entry(
                    TransferReasons.MALFORMED,
                    "A transfer is shown by X-PAYMENT-TX (0x and 64 hexadecimal digits), X-PAYMENT-CHAIN (base, or"
                            + " eip155:8453), each once, and X-PAYMENT-PROOF (form, challenge, signature and, for a"
                            + " contract wallet, its address, with a space between each)."),
            Map.entry(
                    CHAIN_DOWN,
                    "The chain cannot be asked about this transfer right now. Nothing was charged. Try again later."),
            Map.entry(
                    TokenReasons.MALFORMED,
                    "A token stands in X-PAYMENT-TOKEN, once, as it was given out: farebox_ and 43 letters, digits, hyphens and"
                            + " underscores."),
            Map.entry(TokenReasons.UNKNOWN, "This token was not given out here, or ended long ago."),
            Map.entry(TokenReasons.EXPIRED, "This token's time is over."),
            Map.entry(TokenReasons.REVOKED, "This token was ended by its holder or by an operator."),
            Map.entry(
                    TokenReasons.IN_URL,
                    "A token stands in the URL, where it is logged everywhere. Send it in X-PAYMENT-TOKEN, and end this one:"
                            + " DELETE /.farebox/token."),
            Map.entry(
                    TokenReasons.KEY_MALFORMED,
                    "An Idempotency-Key has 1 to 255 printable ASCII characters, and stands once."),
            Map.entry(
                    TokenReasons.KEY_TAKEN,
                    "This Idempotency-Key stood before another request within a day. Nothing was charged. Take a new one for"
                            + " each request; the same one only to ask again for the same."),
            Map.entry(
                    TokenReasons.NOT_ISSUED,
                    "What was bought is paid and recorded, but its token cannot be written right now. Ask again later: the next"
                            + " valid payment of the same payer is served on it and not charged."),
            Map.entry(INVALID_PAYLOAD, "The payment header is not Base64 of the JSON that x402 describes."),
            Map.entry("invalid_x402_version", "The payment header's x402Version does not fit the header."),
            Map.entry("invalid_network", "The payment names a network that is not known here."),
            Map.entry(
                    "ambiguous_target",
                    "The path can be read in more than one way (//, dot segments, ;, an encoded slash, percent or control"
                            + " character). Write it plainly."),
            Map.entry("method_not_allowed", "Only DELETE, GET, HEAD, OPTIONS, PATCH, POST and PUT are served."),
            Map.entry(
                    "undeterminable_price", "The price depends on a parameter that can be read in more than one way."),
            Map.entry("no_way_to_pay", "No facilitator supports what this resource accepts right now."),
            Map.entry("body_late", "The request's body did not arrive in time. Nothing was charged."),
            Map.entry("unpriced_path", "Nothing is served at this path."),
            Map.entry("unpriced_method", "This method is not served at this path."));

    private Reasons() {}

    static String explain(String reason) {
        return TEXTS.getOrDefault(reason, "The request was refused.");
    }
}
