package io.farebox.pricing;

import java.util.HashMap;
import java.util.Map;

/** Reads {@code pay-to}: who is paid, by namespace. */
final class PayToTable {
    private final Problems problems;
    private final AddressCheck addresses;

    PayToTable(Problems problems, NetworkTable table) {
        this.problems = problems;
        this.addresses = new AddressCheck(problems, table);
    }

    /** @param onlyLocal whether every facilitator that is switched on is on this machine */
    Map<String, String> read(Section section, boolean onlyLocal) {
        Map<String, String> payTo = new HashMap<>();
        section.table("pay-to").forEach((namespace, leaf) -> {
            if (!AddressCheck.NAMESPACES.contains(namespace)) {
                String fix = "Write eip155 for EVM chains, or solana.";
                problems.wrong(ProblemCode.UNKNOWN_NAMESPACE, leaf.place(), "is not a namespace we know", fix);
            } else if (addresses.isPayTo(namespace, leaf, onlyLocal)) {
                payTo.put(namespace, leaf.text());
            }
        });
        return payTo;
    }
}
