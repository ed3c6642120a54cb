package io.farebox.chain;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction with a base fee and a tip (EIP-1559), which moves no coins: a call of a contract.
 *
 * @param tip most that the block's maker gets for a unit of gas, in wei
 * @param maxFee most that is paid for a unit of gas altogether, in wei
 * @param to the contract, {@code 0x} and 40 digits
 * @param data calldata, {@code 0x} and hexadecimal digits
 */
public record FeeTransaction(
        BigInteger chainId, long nonce, BigInteger tip, BigInteger maxFee, long gasLimit, String to, String data) {
    private static final byte TYPE = 2;

    /**
     * A transaction that is ready to be sent.
     *
     * @param raw {@code 0x} and hexadecimal digits
     * @param hash what the chain will call it
     */
    public record Signed(String raw, String hash) {}

    /** @throws IllegalArgumentException if address or data are not hexadecimal */
    public FeeTransaction {
        if (!Hex.isBytes(to, EvmAddress.LENGTH)) throw new IllegalArgumentException("to is no address");
        if (!Hex.isBytes(data)) throw new IllegalArgumentException("data is not hexadecimal");
    }

    /** The most that it can cost, in wei. */
    public BigInteger mostCost() {
        return maxFee.multiply(BigInteger.valueOf(gasLimit));
    }

    byte[] digest() {
        return Keccak256.hash(typed(fields()));
    }

    /** @param signature r, s and v (27 or 28) as {@link Secp256k1Key#sign} writes them */
    Signed signed(String signature) {
        byte[] bytes = Hex.bytes(signature);
        List<byte[]> all = fields();
        all.add(Rlp.number(bytes[64] - 27));
        all.add(Rlp.number(new BigInteger(1, bytes, 0, 32)));
        all.add(Rlp.number(new BigInteger(1, bytes, 32, 32)));
        byte[] raw = typed(all);
        return new Signed(Hex.encode(raw), Hex.encode(Keccak256.hash(raw)));
    }

    private List<byte[]> fields() {
        return new ArrayList<>(List.of(
                Rlp.number(chainId),
                Rlp.number(nonce),
                Rlp.number(tip),
                Rlp.number(maxFee),
                Rlp.number(gasLimit),
                Rlp.bytes(Hex.bytes(to)),
                Rlp.number(0),
                Rlp.bytes(Hex.bytes(data)),
                Rlp.list(List.of())));
    }

    private static byte[] typed(List<byte[]> fields) {
        var all = new ByteArrayOutputStream();
        all.write(TYPE);
        all.writeBytes(Rlp.list(fields));
        return all.toByteArray();
    }
}
