package io.farebox.chain;

import java.math.BigInteger;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** A private key. Its text form tells nothing. Thread-safe. */
final class Secp256k1Key {
    private static final ECPoint GENERATOR =
            CustomNamedCurves.getByName("secp256k1").getG();

    private final BigInteger secret;

    /** @throws IllegalArgumentException if the number is not in [1, n − 1] */
    Secp256k1Key(BigInteger secret) {
        if (secret.signum() <= 0 || secret.compareTo(Secp256k1Order.N) >= 0) {
            throw new IllegalArgumentException("the private key is not a number from 1 to the curve's order minus 1");
        }
        this.secret = secret;
    }

    byte[] address() {
        return EvmAddress.ofPublicKey(times(secret).getEncoded(false));
    }

    /** Signs a 32-byte digest: r, s and v (27 or 28), deterministic (RFC 6979) and with the low s that tokens demand. */
    String sign(byte[] digest) {
        BigInteger n = Secp256k1Order.N;
        var nonces = new HMacDSAKCalculator(new SHA256Digest());
        nonces.init(n, secret, digest);
        while (true) {
            BigInteger k = nonces.nextK();
            ECPoint point = times(k);
            BigInteger r = point.getAffineXCoord().toBigInteger();
            BigInteger sum = new BigInteger(1, digest).add(r.multiply(secret));
            BigInteger s = BigIntegers.modOddInverse(n, k).multiply(sum).mod(n);
            // An r beyond the order would need v 29 or 30, which nobody takes: chance 2^-127.
            if (r.compareTo(n) >= 0 || s.signum() == 0) continue;
            boolean odd = point.getAffineYCoord().testBitZero();
            boolean high = s.compareTo(Secp256k1Order.HALF) > 0;
            return text(r, high ? n.subtract(s) : s, odd != high);
        }
    }

    private static String text(BigInteger r, BigInteger s, boolean odd) {
        HexFormat hex = HexFormat.of();
        return "0x"
                + hex.formatHex(BigIntegers.asUnsignedByteArray(32, r))
                + hex.formatHex(BigIntegers.asUnsignedByteArray(32, s))
                + (odd ? "1c" : "1b");
    }

    private static ECPoint times(BigInteger scalar) {
        // Not ECPoint.multiply: the comb's steps do not depend on the secret.
        return new FixedPointCombMultiplier().multiply(GENERATOR, scalar).normalize();
    }

    @Override
    public String toString() {
        return "private key";
    }
}
