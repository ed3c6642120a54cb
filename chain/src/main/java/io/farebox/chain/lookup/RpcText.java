package io.farebox.chain.lookup;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the texts in a node's reply strictly; web3j's own getters read leniently and are not used. */
final class RpcText {
    private RpcText() {}

    /** A quantity: {@code 0x} and 1 to 15 digits without leading zeros. */
    static long quantity(@Nullable String text) throws RpcFailure {
        if (text == null || !text.matches("0x(0|[1-9a-fA-F][0-9a-fA-F]{0,14})")) throw new RpcFailure("bad_answer");
        return HexFormat.fromHexDigitsToLong(text, 2, text.length());
    }

    /** A quantity of any size up to 32 bytes. */
    static BigInteger large(@Nullable String text) throws RpcFailure {
        if (text == null || !text.matches("0x(0|[1-9a-fA-F][0-9a-fA-F]{0,63})")) throw new RpcFailure("bad_answer");
        return new BigInteger(text.substring(2), 16);
    }

    /** Whole bytes of this number, in lower case. */
    static String bytes(@Nullable String text, int length) throws RpcFailure {
        if (text == null || text.length() != 2 + 2 * length || !isHex(text)) throw new RpcFailure("bad_answer");
        return text.toLowerCase(Locale.ROOT);
    }

    /** A uint256 as a word of 32 bytes. */
    static BigInteger word(@Nullable String text) throws RpcFailure {
        return new BigInteger(bytes(text, 32).substring(2), 16);
    }

    static boolean isHex(String text) {
        if (!text.startsWith("0x")) return false;
        for (int i = 2; i < text.length(); i++) if (!HexFormat.isHexDigit(text.charAt(i))) return false;
        return true;
    }

    /** A quantity as nodes want it. */
    static String quantity(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** An address as a word, which is how topics and arguments carry it. */
    static String padded(String address) {
        return "0x" + "0".repeat(24) + address.substring(2);
    }
}
