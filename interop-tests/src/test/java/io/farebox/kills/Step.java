package io.farebox.kills;

import java.util.function.Predicate;

/** A step of settling with a transaction of our own, seen from the node that is asked. */
enum Step {
    /** Orders are taken, and tried; nothing is signed. */
    TRIED(body -> body.contains("\"eth_estimateGas\""), false),
    /** What the account can pay is asked; next the transaction is signed and stored. */
    PAYING(body -> body.contains("\"eth_getBalance\""), false),
    /** The transaction is stored, and the chain never sees it. */
    STORED(body -> body.contains("\"eth_sendRawTransaction\""), false),
    /** The chain has it, in a block; nobody was told. */
    SENT(body -> body.contains("\"eth_sendRawTransaction\""), true),
    /** The receipt is asked for. */
    LOOKED(body -> body.contains("\"eth_getTransactionReceipt\""), false),
    /** The receipt was told, and its block is looked at; next the orders end. */
    SHOWN(body -> body.contains("\"eth_getBlockByNumber\"") && body.contains("[\"0x"), false);

    private final Predicate<String> asked;
    private final boolean passedOn;

    Step(Predicate<String> asked, boolean passedOn) {
        this.asked = asked;
        this.passedOn = passedOn;
    }

    boolean isAt(String body) {
        return asked.test(body);
    }

    /** Whether the chain does what it is asked before the process dies. */
    boolean isPassedOn() {
        return passedOn;
    }
}
