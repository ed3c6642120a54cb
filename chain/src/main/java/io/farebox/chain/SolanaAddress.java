package io.farebox.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.farebox.x402.Base58;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** Addresses on Solana that follow from others. */
final class SolanaAddress {
    private static final int KEY = 32;
    private static final byte[] MARKER = "ProgramDerivedAddress".getBytes(US_ASCII);
    private static final byte[] ASSOCIATED = key("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");

    // The curve of Ed25519: -x² + y² = 1 + d·x²·y² modulo 2^255 - 19 (RFC 8032).
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121_665)
            .multiply(BigInteger.valueOf(121_666).modInverse(P))
            .mod(P);
    private static final BigInteger HALF = P.subtract(BigInteger.ONE).shiftRight(1);

    private SolanaAddress() {}

    /** The token account that wallets pay to: the associated one. Empty if one of the texts is no address. */
    static Optional<String> ofTokens(String owner, String program, String mint) {
        Optional<byte[]> ownerKey = Base58.decode(owner, KEY);
        Optional<byte[]> programKey = Base58.decode(program, KEY);
        Optional<byte[]> mintKey = Base58.decode(mint, KEY);
        if (ownerKey.isEmpty() || programKey.isEmpty() || mintKey.isEmpty()) return Optional.empty();
        for (int bump = 255; bump >= 0; bump--) {
            byte[] hash =
                    hash(ownerKey.get(), programKey.get(), mintKey.get(), new byte[] {(byte) bump}, ASSOCIATED, MARKER);
            if (!isOnCurve(hash)) return Optional.of(Base58.encode(hash));
        }
        return Optional.empty();
    }

    /** Whether somebody may have a key for it: no program's address may be one. */
    static boolean isOnCurve(byte[] address) {
        byte[] bigEndian = new byte[KEY];
        for (int i = 0; i < KEY; i++) bigEndian[i] = address[KEY - 1 - i];
        bigEndian[0] &= 0x7f;
        BigInteger ySquared = new BigInteger(1, bigEndian).modPow(BigInteger.TWO, P);
        BigInteger below = D.multiply(ySquared).add(BigInteger.ONE).mod(P);
        BigInteger xSquared =
                ySquared.subtract(BigInteger.ONE).multiply(below.modInverse(P)).mod(P);
        return xSquared.signum() == 0 || xSquared.modPow(HALF, P).equals(BigInteger.ONE);
    }

    private static byte[] key(String text) {
        return Base58.decode(text, KEY).orElseThrow();
    }

    private static byte[] hash(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) sha.update(part);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
