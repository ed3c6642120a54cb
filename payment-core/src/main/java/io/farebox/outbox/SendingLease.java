package io.farebox.outbox;

/**
 * The right to send from an account. There is one at a time; whoever holds an older one writes nothing any more.
 *
 * @param owner the process that holds it
 * @param fence grows whenever another process takes it
 * @param nextNonce of the next transaction that is stored; −1 if nothing was sent from here yet
 */
public record SendingLease(Sender sender, String owner, long fence, long nextNonce) {}
