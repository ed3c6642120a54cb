package io.farebox.chain.lookup;

import io.farebox.chain.lookup.SolanaCalls.Call;
import io.farebox.chain.lookup.SolanaHoldings.Holding;
import io.farebox.chain.lookup.TransferSight.Moved;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who transferred what to whom, as far as it has arrived. Instructions tell who paid; the holdings before and after tell what came
 * in: all that one owner is credited with is never more than what his accounts have gained. So neither a token that keeps a fee
 * nor money that goes back in the same transaction is counted.
 */
final class SolanaArrivals {
    /** Whom nobody knows. */
    private static final String NOBODY = "";

    private record Purse(String owner, String mint) {}

    private record Sent(long position, String from, Purse to, BigInteger amount) {
        boolean isOwn() {
            return from.equals(to.owner());
        }
    }

    private final SolanaLanded landed;

    SolanaArrivals(SolanaLanded landed) {
        this.landed = landed;
    }

    /** All transfers of a transaction, in the order in which they happened. */
    static List<Moved> in(SolanaLanded landed) throws RpcFailure {
        return of(landed, new SolanaCalls(landed).all());
    }

    static List<Moved> of(SolanaLanded landed, List<Call> calls) {
        List<SolanaMove> moves =
                calls.stream().map(SolanaMove::of).flatMap(Optional::stream).toList();
        return new SolanaArrivals(landed).of(moves);
    }

    private List<Moved> of(List<SolanaMove> moves) {
        List<Sent> sent = moves.stream().map(this::sent).toList();
        Map<Purse, BigInteger> sums = new HashMap<>();
        for (Sent each : sent)
            if (!each.isOwn()) sums.merge(each.to(), each.amount().max(BigInteger.ZERO), BigInteger::add);
        Map<Purse, BigInteger> gains = gains();
        List<Moved> moved = new ArrayList<>();
        for (Sent each : sent) {
            BigInteger gained = gains.getOrDefault(each.to(), BigInteger.ZERO);
            BigInteger value = arrived(each.amount(), sums.getOrDefault(each.to(), BigInteger.ZERO), gained);
            moved.add(new Moved(
                    each.position(), each.to().mint(), each.from(), each.to().owner(), value));
        }
        return moved;
    }

    /** Its part of what was gained, if that is less than what was sent. */
    private static BigInteger arrived(BigInteger amount, BigInteger sum, BigInteger gained) {
        if (amount.signum() <= 0 || gained.signum() <= 0) return BigInteger.ZERO;
        return sum.compareTo(gained) <= 0 ? amount : amount.multiply(gained).divide(sum);
    }

    private Sent sent(SolanaMove move) {
        Purse to = purse(move);
        String payer = landed.accounts().get(move.authority());
        String source = owner(move.source());
        // What goes from one account of his to another is nobody's payment, whoever was allowed to move it.
        return new Sent(move.position(), source.equals(to.owner()) ? source : payer, to, move.amount());
    }

    private Purse purse(SolanaMove move) {
        Holding after = landed.after().at(move.destination());
        String mint = after != null ? after.mint() : named(move);
        return new Purse(owner(move.destination()), mint);
    }

    private String named(SolanaMove move) {
        Holding before = landed.before().at(move.source());
        if (before != null) return before.mint();
        return move.mint() == null ? NOBODY : landed.accounts().get(move.mint());
    }

    /** Who owned it all the time that it was there; an account that changed hands meanwhile is nobody's. */
    private String owner(int account) {
        Holding before = landed.before().at(account);
        Holding after = landed.after().at(account);
        if (before == null && after == null) return NOBODY;
        if (before != null && after != null && !Objects.equals(before.owner(), after.owner())) return NOBODY;
        return known(after == null ? before : after);
    }

    private static String known(@Nullable Holding holding) {
        return holding == null || holding.owner() == null ? NOBODY : holding.owner();
    }

    /** What the accounts of each owner have gained, which may be less than nothing. */
    private Map<Purse, BigInteger> gains() {
        Map<Purse, BigInteger> gains = new HashMap<>();
        var accounts = new TreeSet<>(landed.before().byAccount().keySet());
        accounts.addAll(landed.after().byAccount().keySet());
        for (int account : accounts) {
            Holding before = landed.before().at(account);
            Holding after = landed.after().at(account);
            Holding either = after == null ? before : after;
            String owner = owner(account);
            if (either == null || owner.isEmpty()) continue;
            BigInteger gain = amount(after).subtract(amount(before));
            gains.merge(new Purse(owner, either.mint()), gain, BigInteger::add);
        }
        return gains;
    }

    private static BigInteger amount(@Nullable Holding holding) {
        return holding == null ? BigInteger.ZERO : holding.amount();
    }
}
