package io.farebox.gate;

/** What a price list says of a request. */
public sealed interface Pricing {
    /** Nothing to pay: a rule says so. */
    record Free(String routeId) implements Pricing {}

    /** No rule speaks of this request, and what is unmatched passes. */
    record Unpriced() implements Pricing {}

    /** To be paid for. */
    record Priced(Offer offer) implements Pricing {}

    /**
     * Not served at all: no rule speaks of it and it lies under a priced prefix, its price cannot be told, or
     * there is no way to pay for it at the moment.
     *
     * @param status 400, 404 or 405; 503 if there is no way to pay at the moment
     * @param reason fixed code
     */
    record Refuse(int status, String reason) implements Pricing {}
}
