package io.farebox.app.command.audit;

import io.farebox.chain.lookup.PaidTransfer;
import java.util.List;

/**
 * Book and chain side by side, for one network and a range of blocks.
 *
 * @param sums by asset
 * @param findings each item in which they differ
 * @param others transfers to our payees that were no x402 payments
 */
public record AuditReport(
        String network, long from, long to, List<AssetSum> sums, List<Finding> findings, List<PaidTransfer> others) {
    /** Whether nothing is left that nobody can account for. */
    public boolean isExplained() {
        return findings.stream().allMatch(finding -> finding.kind().isExplained());
    }
}
