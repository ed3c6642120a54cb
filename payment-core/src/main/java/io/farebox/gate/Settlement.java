package io.farebox.gate;

/** How a granted request may end. */
public sealed interface Settlement {
    /** Paid: let the answer go, its headers completed by {@link PaymentGate#completeAnswer}. */
    record Settled() implements Settlement {}

    /** Not charged, or charged before and still owed, because the resource failed: let its answer go likewise. */
    record NotDue() implements Settlement {}

    /** Not paid: throw the resource's answer away, all of it, and answer this. */
    record Failed(GateResponse response) implements Settlement {}

    /** Nobody knows yet, or nobody could be asked: throw the resource's answer away, all of it, and answer this. */
    record Unknown(GateResponse response) implements Settlement {}
}
