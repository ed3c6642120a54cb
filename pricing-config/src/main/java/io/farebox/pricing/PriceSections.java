package io.farebox.pricing;

import io.farebox.x402.Network;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code price} of a route and holds it against the assets that the route accepts. */
final class PriceSections {
    private static final BigDecimal V1_CAP = new BigDecimal("0.10");
    private static final BigDecimal V2_CAP = BigDecimal.ONE;

    /** A price and where it stands. */
    private record Written(Price price, Tree.Leaf leaf) {}

    private final Problems problems;
    private final NetworkTable table;
    private final Set<Network> v1Networks;

    PriceSections(Problems problems, NetworkTable table, Set<Network> v1Networks) {
        this.problems = problems;
        this.table = table;
        this.v1Networks = v1Networks;
    }

    /** The prices, or null after reporting what is wrong. */
    @Nullable
    PriceRules read(Section route, List<AcceptLists.Entry> accept) {
        List<Written> prices = new ArrayList<>();
        PriceRules rules = route.leaf("price") != null ? single(route, prices) : withRules(route, prices);
        if (rules == null) return null;
        for (Written written : prices) {
            if (!written.price().unit().equals(rules.fallback().unit())) {
                String fix = "Write all prices of a route in one unit: "
                        + rules.fallback().unit() + ".";
                problems.wrong(ProblemCode.MIXED_UNITS, written.leaf(), "is in another unit than the default", fix);
                return null;
            }
        }
        List<AcceptLists.Entry> payable = payable(prices.get(0), accept);
        for (Written written : prices) checkAmounts(written, payable);
        return rules;
    }

    private @Nullable PriceRules single(Section route, List<Written> prices) {
        Price price = price(route, "price", prices);
        return price == null ? null : new PriceRules(price, List.of());
    }

    private @Nullable PriceRules withRules(Section route, List<Written> prices) {
        Section section = route.section("price");
        Price fallback = price(section, "default", prices);
        List<PriceRules.Rule> rules = new ArrayList<>();
        Set<List<Map<String, String>>> seen = new HashSet<>();
        boolean complete = fallback != null;
        for (Section rule : section.sections("rules")) {
            PriceRules.Rule read = rule(rule, prices, seen);
            if (read == null) complete = false;
            else rules.add(read);
        }
        return complete && fallback != null ? new PriceRules(fallback, rules) : null;
    }

    private PriceRules.@Nullable Rule rule(Section section, List<Written> prices, Set<List<Map<String, String>>> seen) {
        Map<String, String> query = texts(section.table("query"));
        Map<String, String> header = texts(section.table("header"));
        Price price = price(section, "price", prices);
        if (query.isEmpty() && header.isEmpty()) {
            if (section.has("query") || section.has("header")) return null;
            String fix = "Write query: { name: value } or header: { name: value }.";
            problems.wrong(ProblemCode.RULE_WITHOUT_CONDITION, section.place(), "is a rule without a condition", fix);
            return null;
        }
        if (!seen.add(List.of(query, header))) {
            problems.wrong(
                    ProblemCode.DUPLICATE_RULE, section.place(), "has the conditions of another rule", "Keep one.");
        }
        return price == null ? null : new PriceRules.Rule(query, header, price);
    }

    private static Map<String, String> texts(Map<String, Tree.Leaf> leaves) {
        var texts = new HashMap<String, String>();
        leaves.forEach((name, leaf) -> texts.put(name, leaf.text()));
        return texts;
    }

    private @Nullable Price price(Section section, String key, List<Written> prices) {
        Tree.Leaf leaf = section.leaf(key);
        if (leaf == null) return null;
        Price price = PriceText.read(leaf, problems);
        if (price != null) prices.add(new Written(price, leaf));
        return price;
    }

    private List<AcceptLists.Entry> payable(Written written, List<AcceptLists.Entry> accept) {
        if (accept.isEmpty()) return accept;
        if (written.price().isUsd()) {
            accept.stream().filter(entry -> !entry.asset().usd()).findFirst().ifPresent(entry -> {
                String reason = "is in dollars, and " + entry.leaf().text() + " is not a dollar asset";
                String fix = "Write the price in the asset's unit, or usd: true at the asset if it is a dollar.";
                problems.wrong(ProblemCode.NOT_A_DOLLAR_ASSET, written.leaf(), reason, fix);
            });
            return accept;
        }
        List<AcceptLists.Entry> payable = in(written.price().unit(), accept);
        if (payable.isEmpty()) notAccepted(written);
        else if (payable.size() < accept.size()) {
            String fix = "Write the price with $ to accept all dollar assets.";
            String reason = "can be paid with some of the accepted assets only";
            problems.warn(ProblemCode.ACCEPT_NARROWED, written.leaf(), reason, fix);
        }
        return payable;
    }

    /** Those entries that a price in this unit can be paid with. */
    static List<AcceptLists.Entry> in(String unit, List<AcceptLists.Entry> accept) {
        if (unit.equals(Price.USD)) return accept;
        return accept.stream()
                .filter(entry -> entry.asset().symbol().equals(unit))
                .toList();
    }

    private void notAccepted(Written written) {
        String unit = written.price().unit();
        Set<String> symbols = new HashSet<>();
        table.all().forEach(info -> info.assets().forEach(asset -> symbols.add(asset.symbol())));
        if (symbols.contains(unit)) {
            String fix = "Add " + unit + " to accept, or write the price in an asset that is there.";
            problems.wrong(
                    ProblemCode.PRICE_ASSET_NOT_ACCEPTED, written.leaf(), "is in an asset that is not accepted", fix);
        } else {
            String fix = Words.didYouMean(unit, symbols) + "Write \"$0.01\" or \"0.01 USDC\".";
            problems.wrong(ProblemCode.UNKNOWN_ASSET, written.leaf(), "is in an asset we do not know", fix);
        }
    }

    private void checkAmounts(Written written, List<AcceptLists.Entry> payable) {
        for (AcceptLists.Entry entry : payable) {
            AssetInfo asset = entry.asset();
            if (written.price().isFinerThan(asset.decimals())) {
                String reason = "has more digits than the " + asset.decimals() + " of "
                        + entry.leaf().text();
                String fix = "Write at most " + asset.decimals() + " digits after the point: nothing is rounded.";
                problems.wrong(ProblemCode.PRICE_TRUNCATED, written.leaf(), reason, fix);
                return;
            }
            if (!fits(written.price(), asset)) {
                String fix = "Write a price that somebody can pay.";
                problems.wrong(ProblemCode.PRICE_TOO_LARGE, written.leaf(), "does not fit into 256 bits", fix);
                return;
            }
        }
        warnAboveCaps(written, payable);
    }

    private static boolean fits(Price price, AssetInfo asset) {
        try {
            return price.atomic(asset.decimals()).signum() > 0;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private void warnAboveCaps(Written written, List<AcceptLists.Entry> payable) {
        if (payable.stream().noneMatch(entry -> entry.asset().usd())) return;
        BigDecimal amount = written.price().amount();
        if (amount.compareTo(V2_CAP) > 0) {
            String reason = "is more than $1, which version 2 clients refuse unless told otherwise";
            problems.warn(ProblemCode.ABOVE_V2_CAP, written.leaf(), reason, "Tell your clients to raise their limit.");
        } else if (amount.compareTo(V1_CAP) > 0
                && payable.stream()
                        .anyMatch(entry -> v1Networks.contains(entry.asset().network()))) {
            String reason = "is more than $0.10, which version 1 clients refuse unless told otherwise";
            problems.warn(ProblemCode.ABOVE_V1_CAP, written.leaf(), reason, "Tell your clients to raise their limit.");
        }
    }
}
