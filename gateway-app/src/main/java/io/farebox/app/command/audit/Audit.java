package io.farebox.app.command.audit;

import io.farebox.app.command.audit.Finding.Kind;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.chain.lookup.PaidTransfer;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentIdentity;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One audit of one network. Payments are matched by network, asset, payer and nonce, and must then agree in transaction, amount
 * and payee. Used once, by one thread.
 */
public final class Audit {
    private final Scope scope;
    private final BookSide book;
    private final ChainSide chain;
    private final Map<String, BookRow> rows = new LinkedHashMap<>();
    private final Map<String, AssetSum> sums = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<PaidTransfer> others = new ArrayList<>();

    /**
     * What is audited.
     *
     * @param assets contracts, in lower case; those that the book has besides are looked for, too
     * @param payees likewise
     * @param from first block
     * @param to last block
     * @param since when the first block was made
     * @param until just after the last one was made
     */
    public record Scope(
            Network network,
            Set<String> assets,
            Set<String> payees,
            long from,
            long to,
            Instant since,
            Instant until) {}

    public Audit(Scope scope, BookSide book, ChainSide chain) {
        this.scope = scope;
        this.book = book;
        this.chain = chain;
    }

    /** @throws ChainUnreadableException if the chain cannot be read; then nothing is known */
    public AuditReport run() throws ChainUnreadableException {
        String network = scope.network().caip2();
        for (BookRow row : book.charged(scope.since(), scope.until()))
            if (row.network().equals(network)) rows.put(row.key(), row);
        Set<String> assets = new HashSet<>(scope.assets());
        Set<String> payees = new HashSet<>(scope.payees());
        rows.values().forEach(row -> {
            assets.add(row.asset());
            payees.add(row.payTo());
        });
        for (PaidTransfer transfer : chain.transfers(assets, payees)) onChain(transfer);
        for (BookRow row : rows.values()) onlyInBook(row);
        return new AuditReport(network, scope.from(), scope.to(), List.copyOf(sums.values()), findings, others);
    }

    private void onChain(PaidTransfer transfer) {
        String nonce = transfer.nonce();
        if (nonce == null) {
            others.add(transfer);
            return;
        }
        String key = PaymentIdentity.ofAuthorization(scope.network(), transfer.asset(), transfer.payer(), nonce);
        BookRow row = rows.remove(key);
        if (row == null) row = book.byKey(key).orElse(null);
        if (row != null && row.isTransferred()) {
            others.add(transfer);
            return;
        }
        sums.merge(transfer.asset(), AssetSum.none(transfer.asset()).onChain(transfer.amount()), Audit::sum);
        if (row == null) row = erased(transfer);
        if (row == null) find(Kind.NOT_IN_BOOK, "", transfer);
        else match(row, transfer);
    }

    /** The book has forgotten who paid; transaction and amount are left to know a payment by. */
    private @Nullable BookRow erased(PaidTransfer transfer) {
        Optional<BookRow> found = rows.values().stream()
                .filter(row ->
                        row.isErased() && agrees(row, transfer) && row.asset().equals(transfer.asset()))
                .findFirst();
        found.ifPresent(row -> rows.remove(row.key()));
        return found.orElse(null);
    }

    private void match(BookRow row, PaidTransfer transfer) {
        if (row.isCharged()) {
            count(row);
            if (!agrees(row, transfer)) find(Kind.DIFFERENT, row.id(), transfer);
        } else if (row.isOpen()) {
            find(Kind.STILL_OPEN, row.id(), transfer);
        } else {
            Kind kind = row.state().equals("REVERSED") ? Kind.REVERSED_IN_BOOK : Kind.UNCHARGED_IN_BOOK;
            find(kind, row.id(), transfer);
        }
    }

    private static boolean agrees(BookRow row, PaidTransfer transfer) {
        return row.transaction().equals(transfer.transaction())
                && row.amount().equals(transfer.amount())
                && row.payTo().equals(transfer.payee());
    }

    private void onlyInBook(BookRow row) throws ChainUnreadableException {
        if (!row.isCharged()) return;
        OptionalLong block =
                row.transaction().matches("0x[0-9a-f]{64}") ? chain.blockOf(row.transaction()) : OptionalLong.empty();
        boolean elsewhere = block.isPresent() && (block.getAsLong() < scope.from() || block.getAsLong() > scope.to());
        if (elsewhere) return;
        count(row);
        findings.add(new Finding(Kind.NOT_ON_CHAIN, row.id(), row.asset(), row.amount(), row.transaction(), ""));
    }

    private void count(BookRow row) {
        sums.merge(row.asset(), AssetSum.none(row.asset()).inBook(row.amount()), Audit::sum);
    }

    private static AssetSum sum(AssetSum a, AssetSum b) {
        return new AssetSum(
                a.asset(),
                a.book().add(b.book()),
                a.bookCount() + b.bookCount(),
                a.chain().add(b.chain()),
                a.chainCount() + b.chainCount());
    }

    private void find(Kind kind, String payment, PaidTransfer transfer) {
        BigInteger amount = transfer.amount();
        findings.add(new Finding(kind, payment, transfer.asset(), amount, transfer.transaction(), transfer.payer()));
    }
}
