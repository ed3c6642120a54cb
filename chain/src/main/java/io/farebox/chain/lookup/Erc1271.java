package io.farebox.chain.lookup;

import java.util.HexFormat;

/** The question to a contract wallet whether it takes a signature for its own (ERC-1271). */
final class Erc1271 {
    /** The selector of {@code isValidSignature(bytes32,bytes)}, which is also the wallet's yes. */
    private static final String MAGIC = "0x1626ba7e";

    private static final int WORD_DIGITS = 64;

    private Erc1271() {}

    /** Calldata. @param signature {@code 0x} and whole bytes */
    static String question(byte[] digest, String signature) {
        String bytes = signature.substring(2);
        String padding = "0".repeat((WORD_DIGITS - bytes.length() % WORD_DIGITS) % WORD_DIGITS);
        return MAGIC + HexFormat.of().formatHex(digest) + word(64) + word(bytes.length() / 2) + bytes + padding;
    }

    /** Whether an answer is the word that means yes; an account without a contract answers nothing. */
    static boolean isYes(String answer) {
        return answer.equalsIgnoreCase(MAGIC + "0".repeat(WORD_DIGITS - 8));
    }

    private static String word(int number) {
        return "%064x".formatted(number);
    }
}
