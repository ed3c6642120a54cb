package io.farebox.ledger;

import io.farebox.gate.Book;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.SettledResult;
import io.farebox.x402.SettleResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A book that leaves to another one whatever it does not do itself. */
public abstract class ForwardingBook implements Book {
    private final Book behind;

    protected ForwardingBook(Book behind) {
        this.behind = behind;
    }

    @Override
    public ClaimResult claim(ClaimRequest request) {
        return behind.claim(request);
    }

    @Override
    public boolean renew(Claim claim, Instant until, Instant now) {
        return behind.renew(claim, until, now);
    }

    @Override
    public boolean settling(Claim claim, String facilitator, Instant until, Instant now) {
        return behind.settling(claim, facilitator, until, now);
    }

    @Override
    public SettledResult settled(
            Claim claim, SettleResponse receipt, DeliveryState delivery, Instant owedUntil, Instant now) {
        return behind.settled(claim, receipt, delivery, owedUntil, now);
    }

    @Override
    public SettledResult settledOnChain(
            Claim claim, SettleResponse receipt, DeliveryState delivery, Instant owedUntil, Instant now) {
        return behind.settledOnChain(claim, receipt, delivery, owedUntil, now);
    }

    @Override
    public boolean unknown(Claim claim, String reason, Instant until, Instant now) {
        return behind.unknown(claim, reason, until, now);
    }

    @Override
    public boolean failed(Claim claim, String reason, Instant now) {
        return behind.failed(claim, reason, now);
    }

    @Override
    public boolean expired(Claim claim, Instant now) {
        return behind.expired(claim, now);
    }

    @Override
    public boolean released(Claim claim, String reason, Instant now) {
        return behind.released(claim, reason, now);
    }

    @Override
    public boolean delivered(Claim claim, Instant now) {
        return behind.delivered(claim, now);
    }

    @Override
    public boolean owed(Claim claim, Instant now) {
        return behind.owed(claim, now);
    }

    @Override
    public Optional<PaymentRecord> find(String key) {
        return behind.find(key);
    }

    @Override
    public List<PaymentRecord> takeOver(String owner, Instant until, Instant now, int limit) {
        return behind.takeOver(owner, until, now, limit);
    }

    @Override
    public void countRefusal(String payer, Instant now) {
        behind.countRefusal(payer, now);
    }

    @Override
    public Set<String> refusedPayers(int atLeast, Instant now) {
        return behind.refusedPayers(atLeast, now);
    }

    @Override
    public int lapseOwed(Instant now) {
        return behind.lapseOwed(now);
    }
}
