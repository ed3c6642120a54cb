package io.farebox.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.farebox.x402.AtomicAmount;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a payer signs: the EIP-712 digest of an EIP-3009 {@code TransferWithAuthorization}. The encoding is written out for
 * this one type, because a general encoder costs twenty times as much. Thread-safe.
 */
public final class Eip3009Digest {
    private static final byte[] TYPE =
            Keccak256.hash(("TransferWithAuthorization(address from,address to,uint256 value,"
                            + "uint256 validAfter,uint256 validBefore,bytes32 nonce)")
                    .getBytes(US_ASCII));
    private static final byte[] PREFIX = {0x19, 0x01};

    private final DomainSeparators separators = new DomainSeparators();

    /**
     * The 32-byte domain separator, as the token contract's {@code DOMAIN_SEPARATOR()} answers it; empty if the terms name
     * no EVM chain, no contract, or no {@code extra.name} and {@code extra.version}.
     */
    public Optional<byte[]> domainSeparator(PaymentRequirements requirements) {
        return Optional.ofNullable(separators.of(requirements)).map(byte[]::clone);
    }

    /**
     * The 32-byte digest.
     *
     * @param requirements our own terms, which alone decide the domain
     * @return empty if the terms name no domain, or the payload is not well formed
     */
    public Optional<byte[]> of(PaymentRequirements requirements, SchemePayload.Eip3009 payload) {
        byte[] separator = separators.of(requirements);
        if (separator == null || !isWellFormed(payload)) return Optional.empty();
        return Optional.of(Keccak256.hash(PREFIX, separator, structHash(payload)));
    }

    private static byte[] structHash(SchemePayload.Eip3009 payload) {
        var words = new Words(7)
                .put(TYPE)
                .putHex(payload.from())
                .putHex(payload.to())
                .put(payload.value())
                .put(payload.validAfter())
                .put(payload.validBefore())
                .putHex(payload.nonce());
        return Keccak256.hash(words.bytes());
    }

    /** Whether addresses, nonce and numbers have the sizes of their Solidity types. */
    static boolean isWellFormed(SchemePayload.Eip3009 payload) {
        return Hex.isBytes(payload.from(), EvmAddress.LENGTH)
                && Hex.isBytes(payload.to(), EvmAddress.LENGTH)
                && Hex.isBytes(payload.nonce(), 32)
                && isUint256(payload.value())
                && isUint256(payload.validAfter())
                && isUint256(payload.validBefore());
    }

    private static boolean isUint256(BigInteger value) {
        return value.signum() >= 0 && value.compareTo(AtomicAmount.MAX) <= 0;
    }
}
