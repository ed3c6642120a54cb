package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriceTextTest {
    private static final String REFUSED = "refused";

    /** Our verdict on every text of the reference's vectors: an amount with six decimals, or a refusal and its code. */
    private static final Map<String, String> VERDICTS = Map.ofEntries(
            Map.entry("$0.01", "10000"),
            Map.entry("0.01", REFUSED + " price_without_unit"),
            Map.entry("0.001 USDC", "1000"),
            Map.entry("$ 1", "1000000"),
            Map.entry("1", REFUSED + " price_without_unit"),
            Map.entry("1.", REFUSED + " price_without_unit"),
            Map.entry("$.5", REFUSED + " price_syntax"),
            Map.entry("1e-6", REFUSED + " price_without_unit"),
            Map.entry("-1", REFUSED + " price_negative"),
            Map.entry("$1,000", REFUSED + " price_syntax"),
            Map.entry("0", REFUSED + " price_without_unit"),
            Map.entry("0.0000001", REFUSED + " price_without_unit"),
            Map.entry("1.23456789", REFUSED + " price_without_unit"),
            Map.entry("10 EUR", REFUSED + " foreign_currency"),
            Map.entry("1 usd", "1000000"),
            Map.entry("0.1", REFUSED + " price_without_unit"),
            Map.entry("1e-07", REFUSED + " price_without_unit"),
            Map.entry("1.0E-7", REFUSED + " price_without_unit"),
            Map.entry("1.0E21", REFUSED + " price_without_unit"),
            Map.entry("abc", REFUSED + " price_syntax"),
            Map.entry("", REFUSED + " price_syntax"));

    @Test
    void referenceVectors_areReadOrRefused() {
        Map<?, ?> vectors = (Map<?, ?>) Vectors.read("generated-money.json");
        Set<String> seen = new HashSet<>();
        for (Object row : (List<?>) vectors.get("cases")) {
            Map<?, ?> vector = (Map<?, ?>) row;
            String text = String.valueOf(vector.get("in"));
            String verdict = verdict(text);
            assertThat(VERDICTS).containsKey(text);
            assertThat(verdict).as(text).isEqualTo(VERDICTS.get(text));
            if (!verdict.startsWith(REFUSED)) assertThat(verdict).isEqualTo(vector.get("atomic6"));
            seen.add(text);
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void price_isExactForEveryNumberOfDecimals() {
        assertThat(new Price(new BigDecimal("0.01"), "USD").atomic(6)).isEqualTo(10_000);
        assertThat(new Price(new BigDecimal("0.01"), "USD").atomic(18)).isEqualTo("10000000000000000");
        assertThat(new Price(new BigDecimal("7.000"), "CALLS").atomic(0)).isEqualTo(BigInteger.valueOf(7));
        assertThatThrownBy(() -> new Price(new BigDecimal("1.9"), "CALLS").atomic(0))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Price(new BigDecimal("1e78"), "USD").atomic(0))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Price(BigDecimal.ZERO, "USD")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void price_readsAsItWasWritten() {
        assertThat(new Price(new BigDecimal("0.010"), "USD").text()).isEqualTo("$0.010");
        assertThat(new Price(new BigDecimal("0.25"), "USDC").text()).isEqualTo("0.25 USDC");
    }

    @Test
    void clumsyText_isRefused() {
        for (String text : List.of(
                "$1 ",
                " $1",
                "$1.0.0",
                "$+1",
                "+1 USDC",
                "$0x10",
                "$1_000",
                "$1 USDC",
                "USDC 1",
                "1USDC",
                "$１",
                "$∞",
                "$NaN",
                "$1e2",
                "1 USDC 2",
                "$1\u00a0",
                "1  USDC",
                "٣ USDC",
                "$00.1",
                "0.5 £",
                "¥5",
                "5 Eur")) {
            assertThat(verdict(text)).as(text).startsWith(REFUSED);
        }
    }

    private static String verdict(String text) {
        var problems = new Problems("test");
        Price price = PriceText.read(new Tree.Leaf(text, new Place(1, "price"), false), problems);
        return price == null ? REFUSED + " " + code(problems) : price.atomic(6).toString();
    }

    private static @Nullable String code(Problems problems) {
        var codes = new HashMap<String, String>();
        try {
            problems.throwIfAny();
        } catch (PricingConfigException e) {
            codes.put("code", e.problems().get(0).code().code());
        }
        return codes.get("code");
    }
}
