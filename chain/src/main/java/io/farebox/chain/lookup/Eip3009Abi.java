package io.farebox.chain.lookup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.farebox.chain.Keccak256;
import java.util.HexFormat;

/** Names on the wire of what EIP-3009 and ERC-20 define. */
final class Eip3009Abi {
    static final String USED = hash("AuthorizationUsed(address,bytes32)");
    static final String CANCELED = hash("AuthorizationCanceled(address,bytes32)");
    static final String TRANSFER = hash("Transfer(address,address,uint256)");
    static final String BALANCE_OF = selector("balanceOf(address)");
    static final String DECIMALS = selector("decimals()");
    static final String DOMAIN_SEPARATOR = selector("DOMAIN_SEPARATOR()");
    private static final String STATE = selector("authorizationState(address,bytes32)");

    private Eip3009Abi() {}

    /** Calldata of the question whether an authorization is used or cancelled. */
    static String stateOf(Authorization authorization) {
        return STATE
                + RpcText.padded(authorization.payer()).substring(2)
                + authorization.nonce().substring(2);
    }

    private static String selector(String signature) {
        return hash(signature).substring(0, 10);
    }

    private static String hash(String signature) {
        return "0x" + HexFormat.of().formatHex(Keccak256.hash(signature.getBytes(US_ASCII)));
    }
}
