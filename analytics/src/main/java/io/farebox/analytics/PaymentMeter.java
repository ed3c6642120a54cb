package io.farebox.analytics;

import java.util.List;

/**
 * Every meter of Farebox, with its tags. Tags hold what the owner configured or what we say; nothing that a stranger sends is ever
 * one, and no payer, transaction or payment is.
 */
public enum PaymentMeter {
    /** Requests, by what was decided: {@code free}, {@code unpriced}, {@code authenticated}, {@code observed}, {@code challenged}, {@code rejected}, {@code attempted}. */
    REQUESTS("farebox.requests", "Requests by what the gate decided", "route", "outcome"),
    /** Payments that were not accepted, and requests refused before anything was paid. */
    REFUSALS("farebox.refusals", "Requests and payments that were refused", "route", "status", "reason"),
    /** Payments that could not be taken: something was down, or an outcome is unknown. */
    UNAVAILABLE("farebox.unavailable", "Payments answered 503", "route", "reason"),
    /**
     * Payments, by the step they took: {@code claimed}, {@code released}, {@code settling}, {@code settled}, {@code failed},
     * {@code unknown}, {@code delivered}, {@code owed}, {@code owed_run}.
     */
    PAYMENTS("farebox.payments", "Payments by the step they took", "route", "step"),
    /** How long facilitators take to verify. */
    VERIFY("farebox.verify", "Time that facilitators take to verify", "facilitator", "outcome"),
    /** How long it takes until a payment is charged, from when it is asked for. */
    SETTLE("farebox.settle", "Time from asking for a settlement to its success", "facilitator", "network"),
    /** Calls to facilitators that brought no usable answer. */
    FACILITATOR_FAILURES("farebox.facilitator.failures", "Calls without a usable answer", "facilitator", "reason"),
    /** What was charged, in the asset's atomic units. Meters are floating-point and begin anew with the process: the book is exact. */
    REVENUE("farebox.revenue", "What was charged, in atomic units of the asset", "network", "asset"),
    /** Changes of the price list: {@code taken}, {@code refused}. */
    RELOADS("farebox.reloads", "Changes of the price list", "outcome"),
    /** Payments that a person may have to look at, or that wait; by state. */
    OPEN("farebox.payments.open", "Payments whose outcome or answer is open", "state"),
    /** How long ago the oldest of them was claimed, in seconds; 0 if there is none. */
    OLDEST("farebox.payments.open.age", "Age of the oldest payment whose outcome or answer is open", "state"),
    /** Whether a facilitator answers, 1 or 0, as far as payments and {@code /supported} have shown. */
    FACILITATOR_UP("farebox.facilitator.up", "Whether the facilitator answers", "facilitator"),
    /** Whether the book can be read, 1 or 0. */
    BOOK_UP("farebox.book.up", "Whether the book can be read");

    private final String id;
    private final String description;
    private final List<String> tags;

    PaymentMeter(String id, String description, String... tags) {
        this.id = id;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** Its name in Micrometer's spelling. */
    public String id() {
        return id;
    }

    public String description() {
        return description;
    }

    /** The names of its tags, in order. */
    public List<String> tags() {
        return tags;
    }
}
