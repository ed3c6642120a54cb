package io.farebox.pricing;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code $0.01} and {@code 0.01 USDC}. A number without a unit, another currency, a sign, an exponent, a separator and
 * zero are refused: each of them has been read as some other amount by somebody.
 */
final class PriceText {
    static final String PATTERN =
            "\\$ ?(0|[1-9][0-9]*)(\\.[0-9]+)?|(0|[1-9][0-9]*)(\\.[0-9]+)? [A-Za-z][A-Za-z0-9.]{0,15}";
    private static final int LONGEST = 100;
    private static final String NUMBER = "((?:0|[1-9][0-9]*)(?:\\.[0-9]+)?)";
    private static final Pattern DOLLARS = Pattern.compile("\\$ ?" + NUMBER);
    private static final Pattern IN_UNIT = Pattern.compile(NUMBER + " ([A-Za-z][A-Za-z0-9.]{0,15})");
    private static final Pattern BARE = Pattern.compile("[-+]?[0-9][0-9_,. ]*(?:[eE][-+]?[0-9]+)?");
    private static final Pattern NEGATIVE = Pattern.compile("\\$? ?-.*");
    private static final Pattern CURRENCY_SIGN = Pattern.compile("[\\p{Sc}&&[^$]]");
    private static final Pattern LAST_WORD = Pattern.compile(".*?([A-Za-z]{3})");
    private static final String EXAMPLES = "Write \"$0.01\" or \"0.01 USDC\".";

    private PriceText() {}

    /** The price, or null after reporting why there is none. */
    static @Nullable Price read(Tree.Leaf leaf, Problems problems) {
        String text = leaf.text();
        Matcher dollars = DOLLARS.matcher(text);
        Matcher inUnit = IN_UNIT.matcher(text);
        if (text.length() > LONGEST) {
            problems.wrong(ProblemCode.PRICE_TOO_LARGE, leaf, "is no price that anybody could pay", EXAMPLES);
        } else if (NEGATIVE.matcher(text).matches()) {
            problems.wrong(ProblemCode.PRICE_NEGATIVE, leaf, "is negative", EXAMPLES);
        } else if (isForeign(text)) {
            String fix = "Prices are in US dollars or in an asset. " + EXAMPLES;
            problems.wrong(ProblemCode.FOREIGN_CURRENCY, leaf, "is in another currency", fix);
        } else if (dollars.matches()) {
            return price(leaf, dollars.group(1), Price.USD, problems);
        } else if (inUnit.matches()) {
            String unit = inUnit.group(2);
            return price(leaf, inUnit.group(1), unit.equalsIgnoreCase(Price.USD) ? Price.USD : unit, problems);
        } else if (BARE.matcher(text).matches()) {
            problems.wrong(ProblemCode.PRICE_WITHOUT_UNIT, leaf, "has no unit", EXAMPLES);
        } else {
            problems.wrong(ProblemCode.PRICE_SYNTAX, leaf, "is not a price", EXAMPLES);
        }
        return null;
    }

    private static @Nullable Price price(Tree.Leaf leaf, String number, String unit, Problems problems) {
        BigDecimal amount = new BigDecimal(number);
        if (amount.signum() > 0) return new Price(amount, unit);
        problems.wrong(ProblemCode.PRICE_ZERO, leaf, "is nothing", "Write free: true instead of a price of zero.");
        return null;
    }

    private static boolean isForeign(String text) {
        if (CURRENCY_SIGN.matcher(text).find()) return true;
        Matcher word = LAST_WORD.matcher(text);
        if (!word.matches()) return false;
        String code = word.group(1).toUpperCase(Locale.ROOT);
        return !code.equals(Price.USD) && Codes.ISO.contains(code) && !text.matches(".*[A-Za-z.]" + word.group(1));
    }

    private static final class Codes {
        static final Set<String> ISO = Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toUnmodifiableSet());
    }
}
