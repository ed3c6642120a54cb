package io.farebox.chain;

/** The fixed codes with which a signature is refused. */
final class SignatureReasons {
    /** Not a signature, or not the payer's. */
    static final String SIGNATURE = "invalid_exact_evm_payload_signature";

    /** 64 bytes as of EIP-2098: token contracts take 65 from plain accounts. */
    static final String COMPACT_SIGNATURE = "invalid_exact_evm_payload_signature_compact";

    /** Addresses, nonce or numbers are not what their types say. */
    static final String PAYLOAD = "invalid_payload";

    private SignatureReasons() {}
}
