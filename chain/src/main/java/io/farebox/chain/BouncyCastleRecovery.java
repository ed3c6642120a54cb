package io.farebox.chain;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Recovery in plain Java (SEC 1 §4.1.6), for systems without a native library. */
final class BouncyCastleRecovery implements EcdsaRecovery {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    @Override
    public byte @Nullable [] signer(byte[] digest, EvmSignature.Plain signature) {
        ECPoint nonce = noncePoint(signature);
        if (nonce == null) return null;
        BigInteger n = Secp256k1Order.N;
        BigInteger inverse = BigIntegers.modOddInverse(n, new BigInteger(1, signature.compact(), 0, 32));
        BigInteger u1 = new BigInteger(1, digest).negate().multiply(inverse).mod(n);
        BigInteger u2 =
                new BigInteger(1, signature.compact(), 32, 32).multiply(inverse).mod(n);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, nonce, u2);
        return key.isInfinity() ? null : EvmAddress.ofPublicKey(key.getEncoded(false));
    }

    /** The point R whose x is r; null if there is none. */
    private static @Nullable ECPoint noncePoint(EvmSignature.Plain signature) {
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (2 + signature.recoveryId());
        System.arraycopy(signature.compact(), 0, compressed, 1, 32);
        try {
            return CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String implementation() {
        return "bouncycastle";
    }
}
