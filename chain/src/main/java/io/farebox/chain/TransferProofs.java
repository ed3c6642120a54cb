package io.farebox.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.farebox.x402.AtomicAmount;
import io.farebox.x402.Base58;
import io.farebox.x402.Network;
import io.farebox.x402.SchemePayload.TransferProof;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the sender of a transfer signs to show that it is his, and who signed it. Forms of one statement:
 *
 * <ul>
 *   <li>{@code eip712}: {@code TransferProof(bytes32 transaction,string challenge)} in the domain {@code name: "Farebox transfer"},
 *       {@code version: "1"}, {@code chainId}, without a contract (EIP-712)
 *   <li>{@code eip191}: four lines of text, see {@link #text} ({@code personal_sign}, EIP-191)
 *   <li>{@code ed25519}: the same four lines, signed by an account of Solana (RFC 8032)
 *   <li>{@code memo}: nothing is signed afterwards; the transaction of Solana carries a memo, see {@link #memo}, which its payer has
 *       signed with the rest of it
 * </ul>
 *
 * <p>Thread-safe; never throws on what clients send, and keeps nothing of it.
 */
public final class TransferProofs {
    /** The form of a signature over typed data. */
    public static final String EIP712 = "eip712";

    /** The form of a signature over text. */
    public static final String EIP191 = "eip191";

    /** The form of a signature by an account of Solana. */
    public static final String ED25519 = "ed25519";

    /** The form without a signature: the transaction itself carries a memo. */
    public static final String MEMO = "memo";

    /** How many characters a {@link #memo} has. */
    public static final int MEMO_LENGTH = 72;

    private static final int KEY = 32;
    private static final int SIGNATURE = 64;
    private static final byte[] DOMAIN_TYPE = hash("EIP712Domain(string name,string version,uint256 chainId)");
    private static final byte[] NAME = hash("Farebox transfer");
    private static final byte[] VERSION = hash("1");
    private static final byte[] TYPE = hash("TransferProof(bytes32 transaction,string challenge)");
    private static final byte[] PREFIX = {0x19, 0x01};

    private final EcdsaRecovery recovery;

    TransferProofs(EcdsaRecovery recovery) {
        this.recovery = recovery;
    }

    /** Finds signers by the fastest implementation that works on this system. */
    public static TransferProofs create() {
        return new TransferProofs(Recoveries.best());
    }

    /** The text of the forms {@code eip191} and {@code ed25519}: a title, the network's CAIP-2 identifier, the transaction and the challenge. */
    public static String text(Network network, String transaction, String challenge) {
        return "Farebox transfer proof\n" + network.caip2() + '\n' + transaction + '\n' + challenge;
    }

    /**
     * The memo that binds a transaction to a challenge: {@code farebox:} and the challenge's SHA-256 in lower-case hexadecimal.
     * Whoever reads it from the chain cannot tell the challenge, which only its payer was given.
     */
    public static String memo(String challenge) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(challenge.getBytes(US_ASCII));
            return "farebox:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether the account that a proof names has signed the text, in the {@code ed25519} form. */
    public static boolean isSigned(Network network, String transaction, TransferProof proof) {
        Optional<byte[]> key = proof.signer() == null ? Optional.empty() : Base58.decode(proof.signer(), KEY);
        Optional<byte[]> signature = Base58.decode(proof.signature(), SIGNATURE);
        byte[] text = text(network, transaction, proof.challenge()).getBytes(US_ASCII);
        return proof.form().equals(ED25519)
                && key.isPresent()
                && signature.isPresent()
                && Ed25519.isSigned(key.get(), signature.get(), text);
    }

    /**
     * The 32 bytes that are signed on an EVM chain.
     *
     * @param transaction {@code 0x} and 64 lower-case digits
     * @return empty if the form is none of those of EVM chains, or the network is none
     */
    public Optional<byte[]> digest(Network network, String transaction, TransferProof proof) {
        BigInteger chainId =
                network.isEvm() ? AtomicAmount.parse(network.reference()).orElse(null) : null;
        if (chainId == null || !Hex.isBytes(transaction, 32)) return Optional.empty();
        return switch (proof.form()) {
            case EIP712 -> Optional.of(typed(chainId, transaction, proof.challenge()));
            case EIP191 -> Optional.of(personal(text(network, transaction, proof.challenge())));
            default -> Optional.empty();
        };
    }

    /** Who signed, as a lower-case address; empty if it is not the signature of a plain account. */
    public Optional<String> signer(byte[] digest, String signature) {
        if (!(EvmSignature.read(signature) instanceof EvmSignature.Plain plain)) return Optional.empty();
        byte[] signer = recovery.signer(digest, plain);
        return signer == null ? Optional.empty() : Optional.of(Hex.encode(signer));
    }

    private static byte[] typed(BigInteger chainId, String transaction, String challenge) {
        byte[] domain = Keccak256.hash(new Words(4)
                .put(DOMAIN_TYPE)
                .put(NAME)
                .put(VERSION)
                .put(chainId)
                .bytes());
        byte[] struct = Keccak256.hash(
                new Words(3).put(TYPE).putHex(transaction).put(hash(challenge)).bytes());
        return Keccak256.hash(PREFIX, domain, struct);
    }

    private static byte[] personal(String text) {
        byte[] message = text.getBytes(US_ASCII);
        byte[] prefix = ("\u0019Ethereum Signed Message:\n" + message.length).getBytes(US_ASCII);
        return Keccak256.hash(prefix, message);
    }

    private static byte[] hash(String text) {
        return Keccak256.hash(text.getBytes(US_ASCII));
    }
}
