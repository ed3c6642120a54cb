package io.farebox.app.command.audit;

import java.math.BigInteger;

/**
 * One item in which book and chain differ.
 *
 * @param payment its id in the book; empty if the book has none
 * @param transaction where the chain, or the book, has it
 * @param payer as the chain tells; empty if the chain does not have it
 */
public record Finding(Kind kind, String payment, String asset, BigInteger amount, String transaction, String payer) {
    /** How they differ. */
    public enum Kind {
        /** Paid on the chain with an authorization that the book has never seen. */
        NOT_IN_BOOK("on the chain, not in the book", false),
        /** Paid on the chain; the book says that it was never charged. */
        UNCHARGED_IN_BOOK("on the chain, uncharged in the book", false),
        /** Paid on the chain; the book says that the chain took it back. */
        REVERSED_IN_BOOK("on the chain, reversed in the book", false),
        /** Both have it, in another transaction, amount or payee. */
        DIFFERENT("different in the book and on the chain", false),
        /** Charged in the book; the chain shows no such transfer. */
        NOT_ON_CHAIN("in the book, not on the chain", false),
        /** Paid on the chain; the book does not know yet, and looks. */
        STILL_OPEN("on the chain, still open in the book", true);

        private final String words;
        private final boolean explained;

        Kind(String words, boolean explained) {
            this.words = words;
            this.explained = explained;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Whether the difference is one that goes away by itself, or by an operator's decision. */
        public boolean isExplained() {
            return explained;
        }
    }
}
