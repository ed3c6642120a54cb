package io.farebox.chain.lookup;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A token transfer to one of our payees. Hexadecimal texts are in lower case.
 *
 * @param asset the token's contract
 * @param amount atomic units
 * @param index of its log in the block
 * @param nonce of the EIP-3009 authorization that made it; null if it was another kind of transfer
 */
public record PaidTransfer(
        String asset,
        String payer,
        String payee,
        BigInteger amount,
        String transaction,
        long block,
        long index,
        @Nullable String nonce) {
    PaidTransfer with(@Nullable String newNonce) {
        return new PaidTransfer(asset, payer, payee, amount, transaction, block, index, newNonce);
    }
}
