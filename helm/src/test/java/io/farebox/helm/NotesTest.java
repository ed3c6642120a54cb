package io.farebox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code helm install} says in the end. */
class NotesTest {
    static List<Path> valueFiles() {
        return Chart.valueFiles();
    }

    @ParameterizedTest
    @MethodSource("valueFiles")
    void notes_nameTheNextCommands(Path values) {
        assertThat(Chart.notes(values))
                .containsPattern("helm test shop -n prod|kubectl -n prod patch|farebox.sidecar.container");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy-observe | mode is observe: nobody is asked to pay",
                "proxy-off | mode is off",
                "proxy-play-money | the money is play money",
                "proxy-play-money | public-url is plain http",
                "proxy-h2 | The book is on H2",
                "proxy-ingress | The Ingress has no tlsSecret",
                "proxy-httproute | There is one replica",
                "proxy-postgres | may ask the API past Farebox",
                "sidecar-library | may ask the API's own port past the sidecar",
                "sidecar-open | failurePolicy is Ignore",
                "sidecar-open | whenInDoubt is admit",
                "proxy-h2 | No node is named",
                "proxy-h2 | no admin credential"
            })
    void unsafeChoice_isWarnedOf(String name, String warning) {
        assertThat(Chart.notes(Chart.values(name))).contains("  ! ").contains(warning);
    }

    @ParameterizedTest
    @CsvSource({"proxy-closed-upstream,past Farebox", "proxy-operators,admin credential", "proxy-operators,No node"})
    void safeChoice_isNot(String name, String warning) {
        assertThat(Chart.notes(Chart.values(name))).doesNotContain(warning);
    }
}
