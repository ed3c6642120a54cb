package io.farebox.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Values that cannot work do not render, and whoever wrote them is told what to write instead. */
class WrongValuesTest {
    @TempDir
    private Path folder;

    record Case(String what, String over, String values, List<String> says, String hides) {
        @Override
        public String toString() {
            return what;
        }
    }

    @SuppressWarnings("unchecked")
    static Stream<Case> cases() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/wrong-values.yaml"));
        var list = (List<Map<String, Object>>) new Load(LoadSettings.builder().build()).loadFromString(text);
        return list.stream()
                .map(each -> new Case(
                        (String) each.get("what"),
                        (String) each.getOrDefault("over", ""),
                        (String) each.get("values"),
                        (List<String>) each.get("says"),
                        (String) each.getOrDefault("hides", "")));
    }

    @Test
    void cases_areMany() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void wrongValue_isTold(Case wrong) throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), wrong.values());
        Path[] files = wrong.over().isEmpty() ? new Path[] {values} : new Path[] {Chart.values(wrong.over()), values};
        Throwable refused = catchThrowable(() -> Chart.text(files));
        assertThat(refused).as("it renders").isNotNull();
        assertThat(refused.getMessage()).contains(wrong.says());
        if (!wrong.hides().isEmpty()) assertThat(refused.getMessage()).doesNotContain(wrong.hides());
    }

    /** Nothing at all renders nothing, and says what to begin with. */
    @Test
    void noValues_sayWhatIsNeeded() throws IOException {
        Path none = Files.writeString(folder.resolve("none.yaml"), "{}");
        assertThat(catchThrowable(() -> Chart.text(none)))
                .hasMessageContaining("farebox.public-url is missing")
                .hasMessageContaining("farebox.routes is missing")
                .hasMessageContaining("farebox.upstream.url is missing");
    }
}
