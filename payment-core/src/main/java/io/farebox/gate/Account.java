package io.farebox.gate;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import java.util.Locale;

/**
 * Whose balance it is: what one payer has paid ahead to one payee in one asset. Addresses are canonical, in lower case on EVM
 * chains.
 */
public record Account(Network network, String asset, String payTo, String payer) {
    public Account {
        asset = canonical(network, asset);
        payTo = canonical(network, payTo);
        payer = canonical(network, payer);
    }

    /** The account from which this payer pays these terms. */
    public static Account of(PaymentRequirements terms, String payer) {
        return new Account(terms.network(), terms.asset(), terms.payTo(), payer);
    }

    private static String canonical(Network network, String address) {
        return network.isEvm() ? address.toLowerCase(Locale.ROOT) : address;
    }
}
