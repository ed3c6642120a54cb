package io.farebox.gate;

import io.farebox.x402.Network;
import java.math.BigInteger;

/**
 * What an application may know of the payment behind a request.
 *
 * @param paymentId id of the payment in the book
 * @param payer canonical address of who pays
 * @param amount atomic units
 */
public record PaymentFacts(
        String paymentId, String routeId, String payer, BigInteger amount, String asset, Network network) {}
