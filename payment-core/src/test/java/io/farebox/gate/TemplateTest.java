package io.farebox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final String PLAIN = "https://api.example.com/risk";

    @Test
    void gaps_areFilled_inAnyOrderAndNumber() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", Template.ERROR);
        json.put("all", List.of(Template.URL, "and", Template.URL));
        json.put("template", Template.BASE + "/:id");

        assertThat(fill(json, PLAIN, "no money"))
                .isEqualTo("{\"error\":\"no money\",\"all\":[\"" + PLAIN + "\",\"and\",\"" + PLAIN
                        + "\"],\"template\":\"/base/:id\"}");
    }

    @Test
    void gap_atTheVeryEndOrNone_isFine() {
        assertThat(fill(Template.URL, PLAIN, "")).isEqualTo("\"" + PLAIN + "\"");
        assertThat(fill("nothing to fill", PLAIN, "")).isEqualTo("\"nothing to fill\"");
    }

    @Test
    void textThatLooksLikeAGap_staysAsItIs() {
        String likeGaps = "C:\\u0001 and \\\\u0002 \\";

        assertThat(fill(likeGaps, PLAIN, "error")).isEqualTo(Json.write(likeGaps));
    }

    @Test
    void whatIsFilledIn_isNotReadAgain() {
        assertThat(fill(Template.URL, "\\u0002" + Template.ERROR, "error"))
                .isEqualTo(Json.write("\\u0002" + Template.ERROR));
    }

    @Test
    void whatIsFilledIn_isEscaped() {
        String odd = "/caf\u00e9\"\\\n\u2028\u007f";

        assertThat(fill(Template.URL + Template.ERROR, odd, odd)).isEqualTo(Json.write(odd + odd));
    }

    private static String fill(Object json, String url, String error) {
        byte[] filled = new Template(Json.write(json)).fill(url, error, "/base");
        return new String(filled, StandardCharsets.US_ASCII);
    }
}
