package io.farebox.chain.lookup;

import io.farebox.chain.lookup.SolanaCalls.Call;
import io.farebox.chain.lookup.TransferSight.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One look at one transaction through one node of a Solana cluster. */
final class SolanaTransferLook {
    private final SolanaView chain;
    private final String signature;

    SolanaTransferLook(SolanaView chain, String signature) {
        this.chain = chain;
        this.signature = signature;
    }

    /** Empty if this node knows nothing of it. */
    Optional<TransferSight> take() throws RpcFailure {
        Optional<SolanaLanded> landed = chain.transaction(signature);
        if (landed.isPresent()) return Optional.of(sight(landed.get()));
        return chain.isKnown(signature) ? Optional.of(new TransferSight.Pending()) : Optional.empty();
    }

    private static TransferSight sight(SolanaLanded landed) throws RpcFailure {
        if (landed.failed()) return new TransferSight.Reverted();
        List<Call> calls = new SolanaCalls(landed).all();
        Set<String> memos =
                calls.stream().filter(SolanaMemo::is).map(SolanaMemo::text).collect(Collectors.toUnmodifiableSet());
        return new TransferSight.Mined(
                landed.time(),
                SolanaArrivals.of(landed, calls),
                List.of(),
                new Message(landed.parts().messageHash(), memos));
    }
}
