package io.farebox.app.command.audit;

import java.math.BigInteger;

/**
 * What came in of one asset, in atomic units.
 *
 * @param book charged as the book has it
 * @param bookCount how many payments those are
 * @param chain paid with authorizations as the chain has it
 * @param chainCount how many transfers those are
 */
public record AssetSum(String asset, BigInteger book, int bookCount, BigInteger chain, int chainCount) {
    static AssetSum none(String asset) {
        return new AssetSum(asset, BigInteger.ZERO, 0, BigInteger.ZERO, 0);
    }

    AssetSum inBook(BigInteger amount) {
        return new AssetSum(asset, book.add(amount), bookCount + 1, chain, chainCount);
    }

    AssetSum onChain(BigInteger amount) {
        return new AssetSum(asset, book, bookCount, chain.add(amount), chainCount + 1);
    }

    /** Book minus chain: below zero if the chain has more. */
    public BigInteger difference() {
        return book.subtract(chain);
    }
}
