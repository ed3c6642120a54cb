package io.farebox.app.command.audit;

import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.chain.lookup.PaidTransfer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What an audit asks a chain. */
public interface ChainSide {
    /** All transfers of these assets to these payees in the blocks of the audit; addresses in lower case. */
    List<PaidTransfer> transfers(Set<String> assets, Set<String> payees) throws ChainUnreadableException;

    /** The block of a transaction that succeeded; empty if there is none. */
    OptionalLong blockOf(String transaction) throws ChainUnreadableException;
}
