package io.farebox.ledger.redis;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.PaymentRecord;
import io.farebox.ledger.ForwardingBook;
import io.farebox.ledger.JdbcBook;
import io.farebox.ledger.Prospect;
import io.farebox.ledger.Unwritten;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A book whose new claims are held in Redis: the database is read when a payment is claimed, and written first when it settles or
 * is given back. Redis decides who runs; the book still decides who settles, so a Redis that forgets costs a run, never a charge.
 * What a dead process held is gone with its lease and does not count as a release.
 */
public final class RedisBook extends ForwardingBook implements AutoCloseable {
    /** How long a claim that has lapsed is kept from others while it is written down. */
    private static final Duration MOMENT = Duration.ofSeconds(6);

    private static final System.Logger LOG = System.getLogger(RedisBook.class.getName());

    private final JdbcBook book;
    private final RedisClaims claims;
    private final LivingClaims living = new LivingClaims();

    /** So that two workers of this process do not both write down the same claims, and none the next. */
    private final ReentrantLock sweep = new ReentrantLock();

    private RedisBook(JdbcBook book, RedisClaims claims) {
        super(book);
        this.book = book;
        this.claims = claims;
    }

    /**
     * Connects.
     *
     * @param book stays open when this one closes
     * @param url {@code redis://}, {@code rediss://}, {@code redis-sentinel://…#MASTER} or {@code redis-cluster://}; may hold a
     *     password
     * @param prefix begins the name of every key; tells apart those that share a Redis and no book
     * @throws io.farebox.ledger.BookOpenException if it is no such URL, or Redis cannot be reached or must not hold claims
     */
    public static RedisBook open(JdbcBook book, String url, String prefix) {
        RedisUrl parsed = RedisUrl.parse(url);
        RedisLink link = RedisLink.open(parsed);
        try {
            RedisChecks.check(link, parsed);
            return new RedisBook(book, new RedisClaims(link, KeyNames.of(prefix, parsed.isCluster())));
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public ClaimResult claim(ClaimRequest request) {
        Unwritten known = living.of(request.key());
        if (known != null && !known.lapsed(request.now()))
            return known.request().owner().equals(request.owner())
                    ? new ClaimResult.Claimed(known.claim())
                    : new ClaimResult.InFlight();
        String owner = UUID.randomUUID().toString();
        if (request.knownOnly())
            return claims.look(request.key(), request.now()) ? decide(request, owner) : book.whileHeld(request);
        boolean kept = false;
        try {
            if (!claims.claim(request.key(), owner, request.leaseUntil(), request.now())) {
                kept = true;
                return book.whileHeld(request);
            }
            Set<Integer> lost = claims.takeLost(request.key());
            if (!lost.isEmpty()) claimAgain(lost, request);
            if (known != null) writeDown(known);
            ClaimResult result = decide(request, owner);
            kept = result instanceof ClaimResult.Claimed claimed && living.of(claimed.claim()) != null;
            return result;
        } finally {
            if (!kept) claims.giveBack(request.key(), owner);
        }
    }

    private ClaimResult decide(ClaimRequest request, String owner) {
        return switch (book.foresee(request)) {
            case Prospect.Known answer -> answer.result();
            case Prospect.Open open -> book.claim(request);
            case Prospect.Fresh fresh -> {
                Unwritten held = Unwritten.of(request, owner);
                yield living.add(held, request.now())
                        ? new ClaimResult.Claimed(held.claim())
                        : new ClaimResult.InFlight();
            }
        };
    }

    /** Redis lost what it knew: those that are alive tell it again before others claim their payments. */
    private void claimAgain(Set<Integer> lost, ClaimRequest request) {
        LOG.log(System.Logger.Level.WARNING, "Redis has lost claims, or may have; those of this process are set again");
        Instant now = request.now();
        for (Unwritten held : living.all()) {
            String key = held.claim().key();
            if (!held.lapsed(now) && lost.contains(claims.share(key)))
                claims.renewSoon(key, held.claim().paymentId(), held.leaseUntil(), now);
        }
        // The server that is asked is the same: by its answer the others are there, too.
        claims.look(request.key(), now);
        claims.seeSoon(lost);
    }

    /** The claim's lease ended here: in the book it counts as a release. */
    private void writeDown(Unwritten held) {
        book.enter(held);
        living.remove(held.claim());
    }

    @Override
    public boolean renew(Claim claim, Instant until, Instant now) {
        Unwritten held = living.of(claim);
        if (held == null) return book.renew(claim, until, now);
        if (!claims.renew(claim.key(), claim.paymentId(), until, now)) {
            living.remove(claim);
            return false;
        }
        living.renew(claim, until, now);
        return true;
    }

    @Override
    public boolean settling(Claim claim, String facilitator, Instant until, Instant now) {
        return step(
                claim,
                now,
                held -> book.settling(held, facilitator, until, now),
                () -> book.settling(claim, facilitator, until, now));
    }

    @Override
    public boolean released(Claim claim, String reason, Instant now) {
        boolean taken =
                step(claim, now, held -> book.released(held, reason, now), () -> book.released(claim, reason, now));
        awaitGivenBack(claim, now);
        return taken;
    }

    @Override
    public boolean expired(Claim claim, Instant now) {
        return step(claim, now, held -> book.expired(held, now), () -> book.expired(claim, now));
    }

    /** A client that was refused comes again at once, to any replica: by now Redis has let go of its payment. */
    private void awaitGivenBack(Claim claim, Instant now) {
        try {
            claims.look(claim.key(), now);
        } catch (BookUnavailableException e) {
            // The book has it, which is what counts.
        }
    }

    /** The step that enters a claim in the book, after which Redis need not know of it; or one of a row. */
    private boolean step(Claim claim, Instant now, Predicate<Unwritten> entering, BooleanSupplier ofRow) {
        Unwritten held = living.of(claim);
        if (held == null) return ofRow.getAsBoolean();
        boolean taken = isStillHeld(held, now) && entering.test(held);
        living.remove(claim);
        claims.giveBack(claim.key(), claim.paymentId());
        return taken;
    }

    /** Within its lease nobody else was let in, unless Redis forgot; then the book tells. Beyond it only Redis knows. */
    private boolean isStillHeld(Unwritten held, Instant now) {
        return !held.lapsed(now)
                || claims.renew(held.claim().key(), held.claim().paymentId(), now.plus(MOMENT), now);
    }

    @Override
    public List<PaymentRecord> takeOver(String owner, Instant until, Instant now, int limit) {
        sweep.lock();
        try {
            for (Unwritten held : living.lapsed(now, limit)) sweep(held, now);
        } catch (BookUnavailableException e) {
            // What is in the book can be taken over all the same.
        } finally {
            sweep.unlock();
        }
        return book.takeOver(owner, until, now, limit);
    }

    private void sweep(Unwritten held, Instant now) {
        if (isStillHeld(held, now)) book.enter(held);
        living.remove(held.claim());
        claims.giveBack(held.claim().key(), held.claim().paymentId());
    }

    /** {@inheritDoc} Claims that other processes hold in Redis are not found. */
    @Override
    public Optional<PaymentRecord> find(String key) {
        Unwritten held = living.of(key);
        return book.find(key).or(() -> Optional.ofNullable(held).map(Unwritten::toRecord));
    }

    /** Lets go of Redis; the book stays open. Later claims are told that the book is unavailable. */
    @Override
    public void close() {
        claims.close();
    }
}
