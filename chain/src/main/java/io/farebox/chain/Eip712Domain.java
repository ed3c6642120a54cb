package io.farebox.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.farebox.x402.AtomicAmount;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The domain that keeps a signature for one token contract on one chain from being used elsewhere (EIP-712).
 *
 * @param network an EVM chain
 * @param asset the token contract
 * @param name the name that the contract signs under, not its symbol
 * @param version likewise
 */
record Eip712Domain(Network network, String asset, String name, String version) {
    private static final byte[] TYPE = Keccak256.hash(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)".getBytes(UTF_8));

    /** The domain of our own terms; null if they name none. */
    static @Nullable Eip712Domain of(PaymentRequirements requirements) {
        if (!requirements.network().isEvm() || !Hex.isBytes(requirements.asset(), EvmAddress.LENGTH)) return null;
        return requirements.extra().get("name") instanceof String name
                        && requirements.extra().get("version") instanceof String version
                ? new Eip712Domain(requirements.network(), requirements.asset(), name, version)
                : null;
    }

    /** The 32-byte domain separator; null if the network's reference is no chain id. */
    byte @Nullable [] separator() {
        BigInteger chainId = AtomicAmount.parse(network.reference()).orElse(null);
        if (chainId == null) return null;
        byte[] nameHash = Keccak256.hash(name.getBytes(UTF_8));
        byte[] versionHash = Keccak256.hash(version.getBytes(UTF_8));
        var words = new Words(5).put(TYPE).put(nameHash).put(versionHash).put(chainId);
        return Keccak256.hash(words.putHex(asset).bytes());
    }
}
