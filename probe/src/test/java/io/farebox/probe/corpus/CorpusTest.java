package io.farebox.probe.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Header;
import io.farebox.gate.RequestFirewall;
import io.farebox.probe.corpus.Corpus.Extent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final Aim AIM = Aim.get("private", "/private", List.of("/free"), "h.example");
    private static final Aim DEEP = Aim.get("deep", "/api/v1/caf%C3%A9/report", List.of(), "h.example");
    private static final List<String> BASES = List.of("", "/free", "/private");

    @Test
    void corpus_isAsLargeAsAskedFor_andHoldsNothingTwice() {
        List<Trial> trials = Corpus.of(List.of(AIM, DEEP), BASES, new Extent(8_000, 1, false));
        assertThat(trials).hasSize(8_000);
        assertThat(trials.stream()
                        .map(trial -> List.of(
                                trial.method(), trial.target(), trial.headers(), trial.version(), trial.named()))
                        .distinct()
                        .count())
                .isEqualTo(8_000);
        assertThat(trials.stream().filter(trial -> trial.shape() == Shape.LEGAL))
                .hasSize(1_600);
    }

    @Test
    void corpus_hasEveryShape() {
        Set<Shape> shapes = Corpus.of(List.of(AIM), BASES, new Extent(8_000, 1, false)).stream()
                .map(Trial::shape)
                .collect(Collectors.toSet());
        assertThat(shapes).isEqualTo(EnumSet.complementOf(EnumSet.of(Shape.PLAIN)));
    }

    @Test
    void corpus_ofOneSeed_isTheSame_ofAnotherItIsNot() {
        List<Trial> one = Corpus.of(List.of(AIM), BASES, new Extent(3_000, 1, false));
        assertThat(Corpus.of(List.of(AIM), BASES, new Extent(3_000, 1, false))).isEqualTo(one);
        assertThat(Corpus.of(List.of(AIM), BASES, new Extent(3_000, 2, false))).isNotEqualTo(one);
    }

    /** The rows of the table in SECURITY 0.1, with their own words. */
    @Test
    void measuredShapes_comeFirst() {
        List<String> first = Corpus.of(List.of(AIM), BASES, new Extent(60, 1, false)).stream()
                .map(Trial::target)
                .toList();
        assertThat(first)
                .contains(
                        "/private;x",
                        "//private",
                        "/./private",
                        "/free/../private",
                        "/free/%2e%2e/private",
                        "/%2e/private",
                        "/free/..;/private",
                        "/free/..;x/private",
                        "/free/%2e%2e;/private",
                        "/free//../private",
                        "/free/x/%2e%2e/%2e%2e/private",
                        "/;a=b/private",
                        "/free/..%2fprivate",
                        "/private%2fx",
                        "/private%5c",
                        "/private%00",
                        "/private%",
                        "/private%zz",
                        "/private|",
                        "/private^",
                        "/private{}",
                        "/private[1]",
                        "/private/",
                        "/PRIVATE",
                        "/private.",
                        "/private%20",
                        "/private%3bx",
                        "/private#x");
    }

    @Test
    void corpus_isSafeUnlessToldOtherwise() {
        List<Trial> trials = Corpus.of(List.of(AIM, DEEP), BASES, new Extent(30_000, 7, false));
        Set<String> unsafe = Set.of("POST", "PUT", "PATCH", "DELETE", "PURGE", "LOCK", "MKCOL", "MOVE", "COPY");
        assertThat(trials).noneMatch(trial -> unsafe.contains(trial.method().toUpperCase(Locale.ROOT)));
        assertThat(trials.stream().flatMap(trial -> trial.headers().stream()))
                .noneMatch(header -> unsafe.contains(header.value().toUpperCase(Locale.ROOT)));
        assertThat(Corpus.of(List.of(AIM), BASES, new Extent(8_000, 7, true)))
                .anyMatch(trial -> trial.method().equals("DELETE"));
    }

    @Test
    void corpus_neverPays() {
        List<Trial> trials = Corpus.of(List.of(AIM), BASES, new Extent(8_000, 1, true));
        List<String> payments = trials.stream()
                .flatMap(trial -> trial.headers().stream())
                .filter(header ->
                        header.name().startsWith("X-PAYMENT") || header.name().startsWith("PAYMENT-"))
                .map(Header::value)
                .toList();
        assertThat(payments).isNotEmpty().allMatch(value -> value.length() < 60);
    }

    @Test
    void legalTargets_passTheFirewall() {
        List<String> legal = Corpus.legal(BASES, 20_000, 3);
        assertThat(legal).hasSize(20_000).doesNotHaveDuplicates().allSatisfy(target -> {
            int mark = target.indexOf('?');
            String path = mark < 0 ? target : target.substring(0, mark);
            String query = mark < 0 ? null : target.substring(mark + 1);
            assertThat(RequestFirewall.check("GET", path, query, 1)).as(target).isNull();
        });
        Set<Character> used = legal.stream()
                .flatMapToInt(String::chars)
                .mapToObj(c -> (char) c)
                .collect(Collectors.toCollection(HashSet::new));
        assertThat(used)
                .contains('-', '.', '_', '~', '!', '$', '&', '\'', '(', ')', '*', '+', ',', '=', ':', '@', '%', '?');
    }

    @Test
    void hostileTargets_areMostlyAmbiguous() {
        List<String> targets = Corpus.targets(AIM, 5_000, 9);
        assertThat(targets).hasSize(5_000).doesNotHaveDuplicates();
        long refused = targets.stream()
                .filter(target -> RequestFirewall.check("GET", target.split("\\?", 2)[0], null, 1) != null)
                .count();
        assertThat(refused).isBetween(2_500L, 4_900L);
    }

    @Test
    void manyRoutes_allGetSomething() {
        List<Aim> aims = IntStream.range(0, 100)
                .mapToObj(i -> Aim.get("r" + i, "/api/r" + i, List.of(), "h"))
                .toList();
        List<Trial> trials = Corpus.of(aims, List.of(""), new Extent(8_000, 1, false));
        assertThat(trials).hasSize(8_000);
        assertThat(trials.stream().map(Trial::aim).distinct()).hasSize(101);
    }

    @Test
    void root_canBeAimedAt() {
        Aim root = Aim.get("root", "/", List.of("/"), "h");
        assertThat(Corpus.of(List.of(root), List.of(""), new Extent(3_000, 1, false)))
                .hasSize(3_000);
    }

    @Test
    void trial_withALineBreak_isNone() {
        for (String bad : Arrays.asList("/a\r\nX: 1", "/a\n", "/\u0000", "/\u4e00")) {
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> Trial.of(Shape.MIXED, "", "GET", bad));
        }
    }
}
