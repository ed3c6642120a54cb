package io.farebox.chain;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Pays with a private key held in memory: for paying clients in tests, samples and benchmarks. Nothing that takes payments
 * needs a key. Signatures are deterministic; nonces are random. Thread-safe.
 */
public final class Eip3009Signer {
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Eip3009Digest digest = new Eip3009Digest();
    private final Secp256k1Key key;
    private final String address;

    private Eip3009Signer(Secp256k1Key key) {
        this.key = key;
        this.address = EvmAddress.checksummed(key.address());
    }

    /**
     * Signs with this key.
     *
     * @param privateKey {@code 0x} and 64 hexadecimal digits
     * @throws IllegalArgumentException if it is not a private key; the message does not repeat it
     */
    public static Eip3009Signer of(String privateKey) {
        if (!Hex.isBytes(privateKey, SECRET_BYTES)) {
            throw new IllegalArgumentException("the private key is not 0x and 64 hexadecimal digits");
        }
        byte[] secret = new byte[SECRET_BYTES];
        Hex.decode(privateKey, secret, 0);
        return new Eip3009Signer(new Secp256k1Key(new BigInteger(1, secret)));
    }

    /** Signs with a fresh random key, which nobody can learn. */
    public static Eip3009Signer random() {
        // 256 random bits are 0 or beyond the order once in 2^127 times.
        BigInteger secret = new BigInteger(SECRET_BYTES * 8, new SecureRandom());
        return new Eip3009Signer(new Secp256k1Key(secret.mod(Secp256k1Order.N)));
    }

    /** The payer: {@code 0x} and 40 digits, with the checksum of EIP-55 in their case. */
    public String address() {
        return address;
    }

    /**
     * Signs a payment of exactly these requirements, with a fresh random nonce.
     *
     * @param validAfter the payment is valid later than this; whole seconds count
     * @param validBefore and earlier than this
     * @throws IllegalArgumentException if the requirements do not name an EVM chain, contract, payee and domain
     */
    public SchemePayload.Eip3009 sign(PaymentRequirements requirements, Instant validAfter, Instant validBefore) {
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        return sign(requirements, validAfter, validBefore, nonce);
    }

    /** The same with a nonce of the caller's, 32 bytes. */
    public SchemePayload.Eip3009 sign(
            PaymentRequirements requirements, Instant validAfter, Instant validBefore, byte[] nonce) {
        return sign(
                requirements,
                new SchemePayload.Eip3009(
                        "0x",
                        address,
                        requirements.payTo(),
                        requirements.amount(),
                        BigInteger.valueOf(validAfter.getEpochSecond()),
                        BigInteger.valueOf(validBefore.getEpochSecond()),
                        Hex.encode(nonce)));
    }

    /** Signs these fields whatever they are, so that tests can make payments which are wrong but truly signed. */
    public SchemePayload.Eip3009 sign(PaymentRequirements requirements, SchemePayload.Eip3009 unsigned) {
        byte[] signed = digest.of(requirements, unsigned)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "the requirements or the payment's fields cannot be signed:"
                                        + " they need an eip155 network, a contract, payTo, extra.name, extra.version and a 32-byte nonce"));
        return new SchemePayload.Eip3009(
                key.sign(signed),
                unsigned.from(),
                unsigned.to(),
                unsigned.value(),
                unsigned.validAfter(),
                unsigned.validBefore(),
                unsigned.nonce());
    }

    /**
     * Shows that a transfer of this payer's is his, see {@link TransferProofs}.
     *
     * @param form {@link TransferProofs#EIP712} or {@link TransferProofs#EIP191}
     * @param transaction {@code 0x} and 64 lower-case digits
     * @param challenge as the 402 tells it
     * @throws IllegalArgumentException if there is no such form or the network is no EVM chain
     */
    public SchemePayload.TransferProof prove(String form, Network network, String transaction, String challenge) {
        var unsigned = new SchemePayload.TransferProof(form, challenge, "", null);
        byte[] signed = TransferProofs.create()
                .digest(network, transaction, unsigned)
                .orElseThrow(() -> new IllegalArgumentException("no such form of a proof, network or transaction"));
        return new SchemePayload.TransferProof(form, challenge, key.sign(signed), null);
    }

    /** The address; never the key. */
    @Override
    public String toString() {
        return "Eip3009Signer[" + address + "]";
    }
}
