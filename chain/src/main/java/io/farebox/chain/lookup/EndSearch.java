package io.farebox.chain.lookup;

import java.util.List;
import java.util.Optional;

/**
 * Searches for the log of an authorization's end, backwards from the newest block that can hold it. Ranges begin small,
 * because some providers allow no more and because the log is mostly at the front, and double.
 */
final class EndSearch {
    /** Blocks that are searched at most: five and a half hours of a chain with a block every two seconds. */
    static final long MOST_BLOCKS = 10_000;

    private static final long FIRST_RANGE = 10;
    private static final long LARGEST_RANGE = 1_000;

    /** A search for a block by its time may end this many blocks too late. */
    private static final long CLOSE = 64;

    private final ChainView chain;

    EndSearch(ChainView chain) {
        this.chain = chain;
    }

    Optional<SpentLog> find(Authorization authorization, Block head) throws RpcFailure {
        long newest = newest(authorization, head);
        long oldest = Math.max(0, newest - MOST_BLOCKS + 1);
        long range = FIRST_RANGE;
        long to = newest;
        while (to >= oldest) {
            long from = Math.max(oldest, to - range + 1);
            List<SpentLog> found = chain.ends(authorization, from, to);
            if (found.size() > 1) throw new RpcFailure("bad_answer");
            if (!found.isEmpty()) return Optional.of(found.getFirst());
            to = from - 1;
            range = Math.min(2 * range, LARGEST_RANGE);
        }
        return Optional.empty();
    }

    /** The head, or long after the authorization's window a block near the window's end. */
    private long newest(Authorization authorization, Block head) throws RpcFailure {
        long over = head.number();
        long before = over;
        for (long step = CLOSE; before > 0 && isOver(authorization, head, before); step *= 4) {
            over = before;
            before = Math.max(0, head.number() - step);
        }
        while (over - before > CLOSE) {
            long middle = before + (over - before) / 2;
            if (isOver(authorization, head, middle)) over = middle;
            else before = middle;
        }
        return over;
    }

    private boolean isOver(Authorization authorization, Block head, long number) throws RpcFailure {
        return authorization.isOverAt(number == head.number() ? head : chain.block(number));
    }
}
