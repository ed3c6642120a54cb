package io.farebox.pricing;

import java.util.Set;

/** Holds addresses against the namespace they are for. */
final class AddressCheck {
    static final Set<String> NAMESPACES = Set.of("eip155", "solana");

    private final Problems problems;
    private final NetworkTable table;

    AddressCheck(Problems problems, NetworkTable table) {
        this.problems = problems;
        this.table = table;
    }

    /**
     * Whether we can be paid there.
     *
     * @param onlyLocal whether every facilitator is on this machine, so that published keys do no harm
     */
    boolean isPayTo(String namespace, Tree.Leaf leaf, boolean onlyLocal) {
        if (!isSpelled(namespace, leaf)) return false;
        String address = leaf.text();
        if (isAsset(namespace, address)) {
            String fix = "Write the address of your own wallet.";
            problems.wrong(
                    ProblemCode.ADDRESS_IS_ASSET, leaf, "is the contract of an asset: money sent there is lost", fix);
            return false;
        }
        if (!onlyLocal && TestAddresses.contains(address)) {
            String fix =
                    "Write the address of your own wallet. Test addresses go with loopback and dev facilitators only.";
            problems.wrong(ProblemCode.ADDRESS_TEST_KEY, leaf, "is a test address whose key is published", fix);
            return false;
        }
        return true;
    }

    /** Whether it is an address of the namespace, with a right checksum where it has one, and not zero. */
    boolean isSpelled(String namespace, Tree.Leaf leaf) {
        boolean evm = namespace.equals("eip155");
        String address = leaf.text();
        if (!(evm ? Eip55.isAddress(address) : Base58.isAddress(address))) return notAnAddress(evm, leaf);
        if (evm ? address.matches("0x0{40}") : Base58.isZero(address)) {
            String fix = "Write the address of your own wallet.";
            problems.wrong(ProblemCode.ADDRESS_ZERO, leaf, "is the zero address: money sent there is lost", fix);
            return false;
        }
        return !evm || hasChecksum(leaf);
    }

    private boolean notAnAddress(boolean evm, Tree.Leaf leaf) {
        boolean other = evm ? Base58.isAddress(leaf.text()) : Eip55.isAddress(leaf.text());
        String fix = evm ? "Write 0x and 40 hexadecimal digits." : "Write the Base58 address of 32 bytes.";
        if (other) {
            String reason = evm ? "is a Solana address and not an EVM one" : "is an EVM address and not a Solana one";
            problems.wrong(ProblemCode.ADDRESS_NAMESPACE, leaf, reason, fix);
        } else {
            problems.wrong(ProblemCode.ADDRESS_SYNTAX, leaf, "is not an address", fix + " Put it in quotes.");
        }
        return false;
    }

    private boolean hasChecksum(Tree.Leaf leaf) {
        if (Eip55.isUnchecked(leaf.text())) {
            String fix = "Copy it from your wallet with capital and small letters, so that a slip is noticed.";
            problems.warn(ProblemCode.LOWERCASE_ADDRESS, leaf, "has no checksum in its letters", fix);
            return true;
        }
        if (Eip55.checksummed(leaf.text()).equals(leaf.text())) return true;
        String fix = "A digit or letter is wrong. Copy it again from your wallet.";
        problems.wrong(ProblemCode.ADDRESS_CHECKSUM, leaf, "has a wrong checksum", fix);
        return false;
    }

    private boolean isAsset(String namespace, String address) {
        return table.all().stream()
                .filter(info -> info.network().namespace().equals(namespace))
                .flatMap(info -> info.assets().stream())
                .anyMatch(asset -> asset.address().equalsIgnoreCase(address));
    }
}
