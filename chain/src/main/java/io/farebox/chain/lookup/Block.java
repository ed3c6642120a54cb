package io.farebox.chain.lookup;

import org.web3j.protocol.core.methods.response.EthBlock;

/**
 * A block as far as it matters here.
 *
 * @param hash in lower case
 * @param time seconds since the epoch
 */
record Block(long number, String hash, long time) {
    static Block of(EthBlock.Block raw) throws RpcFailure {
        return new Block(
                RpcText.quantity(raw.getNumberRaw()),
                RpcText.bytes(raw.getHash(), 32),
                RpcText.quantity(raw.getTimestampRaw()));
    }
}
