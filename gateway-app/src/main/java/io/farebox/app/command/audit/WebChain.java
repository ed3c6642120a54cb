package io.farebox.app.command.audit;

import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.chain.lookup.PaidTransfer;
import io.farebox.chain.lookup.PaidTransfers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** A chain by its nodes. */
public final class WebChain implements ChainSide {
    private final PaidTransfers chain;
    private final long from;
    private final long to;

    public WebChain(PaidTransfers chain, long from, long to) {
        this.chain = chain;
        this.from = from;
        this.to = to;
    }

    @Override
    public List<PaidTransfer> transfers(Set<String> assets, Set<String> payees) throws ChainUnreadableException {
        List<PaidTransfer> all = new ArrayList<>();
        chain.read(assets, payees, from, to, all::add);
        return all;
    }

    @Override
    public OptionalLong blockOf(String transaction) throws ChainUnreadableException {
        return chain.blockOf(transaction);
    }
}
