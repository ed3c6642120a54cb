package io.farebox.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.farebox.x402.SchemePayload;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Calldata that settles EIP-3009 authorizations of plain accounts: one alone, or many at once. */
public final class TransferCalls {
    /** Where the batching contract Multicall3 lies on nearly every chain. */
    public static final String MULTICALL = "0xca11bde05977b3631167028862be2a173976ca11";

    private static final byte[] TRANSFER = selector(
            "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)");
    private static final byte[] AGGREGATE = selector("aggregate3((address,bool,bytes)[])");
    private static final int WORD = 32;
    private static final int SIGNATURE = 65;

    private TransferCalls() {}

    /**
     * A call of a token contract.
     *
     * @param target the token
     * @param data calldata, {@code 0x} and hexadecimal digits
     */
    public record Call(String target, String data) {}

    /**
     * The call that settles one authorization.
     *
     * @throws IllegalArgumentException if it is not well formed, or not signed by a plain account
     */
    public static Call transfer(String asset, SchemePayload.Eip3009 signed) {
        boolean plain = EvmSignature.read(signed.signature()) instanceof EvmSignature.Plain;
        if (!plain || !Eip3009Digest.isWellFormed(signed) || !Hex.isBytes(asset, EvmAddress.LENGTH))
            throw new IllegalArgumentException("not an authorization that a plain account signed");
        byte[] signature = Hex.bytes(signed.signature());
        // Some wallets write 0 and 1; the contract wants 27 and 28.
        int v = signature[SIGNATURE - 1] < 27 ? signature[SIGNATURE - 1] + 27 : signature[SIGNATURE - 1];
        var words = new Words(9)
                .putHex(signed.from())
                .putHex(signed.to())
                .put(signed.value())
                .put(signed.validAfter())
                .put(signed.validBefore())
                .putHex(signed.nonce())
                .put(BigInteger.valueOf(v))
                .put(Arrays.copyOf(signature, WORD))
                .put(Arrays.copyOfRange(signature, WORD, 2 * WORD));
        return new Call(asset, Hex.encode(joined(TRANSFER, words.bytes())));
    }

    /**
     * The call that makes others, each succeeding or failing alone.
     *
     * @param mayFail false makes all fail if one does, which is how to learn what gas they need
     */
    public static Call together(List<Call> calls, boolean mayFail) {
        var offsets = new ByteArrayOutputStream();
        var tuples = new ByteArrayOutputStream();
        for (Call call : calls) {
            offsets.writeBytes(word((long) calls.size() * WORD + tuples.size()));
            tuples.writeBytes(tuple(call, mayFail));
        }
        byte[] all = joined(AGGREGATE, word(WORD), word(calls.size()), offsets.toByteArray(), tuples.toByteArray());
        return new Call(MULTICALL, Hex.encode(all));
    }

    private static byte[] tuple(Call call, boolean mayFail) {
        byte[] data = Hex.bytes(call.data());
        byte[] head = new Words(4)
                .putHex(call.target())
                .put(mayFail ? BigInteger.ONE : BigInteger.ZERO)
                .put(BigInteger.valueOf(3 * WORD))
                .put(BigInteger.valueOf(data.length))
                .bytes();
        return joined(head, Arrays.copyOf(data, (data.length + WORD - 1) / WORD * WORD));
    }

    private static byte[] word(long value) {
        return new Words(1).put(BigInteger.valueOf(value)).bytes();
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }

    private static byte[] selector(String signature) {
        return Arrays.copyOf(Keccak256.hash(signature.getBytes(US_ASCII)), 4);
    }
}
