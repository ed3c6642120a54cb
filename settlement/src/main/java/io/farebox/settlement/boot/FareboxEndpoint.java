package io.farebox.settlement.boot;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Tally;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceBook;
import io.farebox.pricing.RouteListing;
import io.farebox.settlement.Farebox;
import io.farebox.x402.PaymentRequirements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@code /actuator/farebox}: what is in force now. Routes with their prices, which facilitators answer, and what is open in the book;
 * no payer, no payment, no secret. Amounts are texts, in atomic units. Reading it reads the book, so it may block.
 */
@Endpoint(id = "farebox")
public final class FareboxEndpoint {
    private final Farebox farebox;

    FareboxEndpoint(Farebox farebox) {
        this.farebox = farebox;
    }

    @ReadOperation
    public Map<String, Object> state() {
        PriceBook prices = farebox.prices();
        FareboxConfig config = prices.config();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("publicUrl", config.publicUrl().toString());
        state.put("mode", config.mode().name().toLowerCase(Locale.ROOT));
        state.put("priceVersion", prices.version());
        state.put("unmatched", config.unmatched().name().toLowerCase(Locale.ROOT));
        state.put("routes", prices.routes().stream().map(FareboxEndpoint::route).toList());
        state.put(
                "facilitators",
                farebox.facilitators().entrySet().stream()
                        .map(FareboxEndpoint::facilitator)
                        .toList());
        state.putAll(open());
        return state;
    }

    private static Map<String, Object> route(RouteListing route) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", route.routeId());
        members.put("method", route.method());
        members.put("path", route.path());
        if (!route.condition().isEmpty()) members.put("when", route.condition());
        members.put("price", route.price());
        members.put(
                "accepts", route.accepts().stream().map(FareboxEndpoint::terms).toList());
        return members;
    }

    private static Map<String, Object> terms(PaymentRequirements terms) {
        return Map.of(
                "network", terms.network().caip2(),
                "asset", terms.asset(),
                "amount", terms.amount().toString(),
                "payTo", terms.payTo());
    }

    private static Map<String, Object> facilitator(Map.Entry<String, Boolean> one) {
        return Map.of("id", one.getKey(), "answers", one.getValue());
    }

    private Map<String, Object> open() {
        try {
            List<Map<String, Object>> open = farebox.operations().tallies().stream()
                    .filter(tally -> tally.shelf().isOpen())
                    .map(FareboxEndpoint::tally)
                    .toList();
            return Map.of("book", "available", "open", open);
        } catch (BookUnavailableException e) {
            return Map.of("book", "unavailable");
        }
    }

    private static Map<String, Object> tally(Tally tally) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("state", tally.shelf().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        members.put("network", tally.network().caip2());
        members.put("asset", tally.asset());
        members.put("count", tally.count());
        members.put("amount", tally.amount().toString());
        members.put("oldest", tally.oldest().toString());
        members.put("more", tally.more());
        return members;
    }
}
