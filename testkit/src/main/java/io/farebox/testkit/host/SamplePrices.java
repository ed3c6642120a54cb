package io.farebox.testkit.host;

import io.farebox.gate.Bundle;
import io.farebox.gate.Catalogue;
import io.farebox.gate.Flow;
import io.farebox.gate.GateRequest;
import io.farebox.gate.Offer;
import io.farebox.gate.PriceList;
import io.farebox.gate.Pricing;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code /paid/}, {@code /upfront/} and {@code /members/} cost something, {@code /free/} does not, the rest is unpriced. */
final class SamplePrices implements PriceList {
    static final Network NETWORK = new Network("eip155:84532");
    static final String PAY_TO = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    static final String ASSET = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";

    private final Offer paid;
    private final Offer upfront;
    private final Offer members;
    private final Offer bundle;
    private final Catalogue catalogue;

    SamplePrices(Duration offeredValidity) {
        var terms = new PaymentRequirements(
                "exact",
                NETWORK,
                BigInteger.valueOf(10_000),
                ASSET,
                PAY_TO,
                offeredValidity.toSeconds(),
                Map.of("name", "USDC", "version", "2"));
        paid = offer("paid", terms, Flow.AUTHORIZATION, false);
        upfront = offer("upfront", terms, Flow.UPFRONT, false);
        members = offer("members", terms, Flow.AUTHORIZATION, true);
        bundle = selling(terms);
        catalogue = new Catalogue(List.of(new Catalogue.Item(paid, "GET", "/paid/:what")));
    }

    /** Two requests to {@code /paid/} for the price of one. */
    private static Offer selling(PaymentRequirements terms) {
        return new Offer(
                "bundle/two",
                "",
                "v1",
                "",
                "",
                "$0.01",
                List.of(terms),
                List.of(),
                List.of(),
                Flow.UPFRONT,
                GateFixture.RESOURCE_TIMEOUT,
                400,
                false,
                false,
                null,
                new Bundle("two", "$0.01", 2, List.of("paid"), Duration.ofDays(30)),
                List.of());
    }

    PaymentRequirements terms() {
        return paid.accepts().getFirst();
    }

    private static Offer offer(String id, PaymentRequirements terms, Flow flow, boolean freeForAuthenticated) {
        return new Offer(
                id,
                "v1",
                "",
                "",
                "$0.01",
                List.of(terms),
                List.of(),
                flow,
                GateFixture.RESOURCE_TIMEOUT,
                400,
                false,
                freeForAuthenticated);
    }

    @Override
    public Pricing price(GateRequest request) {
        String path = request.path();
        if (path.startsWith("/paid/")) return new Pricing.Priced(paid);
        if (path.startsWith("/upfront/")) return new Pricing.Priced(upfront);
        if (path.startsWith("/members/")) return new Pricing.Priced(members);
        if (path.equals("/.farebox/bundles/two") && request.method().equals("POST")) return new Pricing.Priced(bundle);
        return path.startsWith("/free/") ? new Pricing.Free("free") : new Pricing.Unpriced();
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }
}
