package io.farebox.app.command.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void line_hasNoEndAndNoPlaceholder() {
        assertThat(PlainText.line("a\r\nb\u0085c\u2028d\te", 50)).isEqualTo("a b c d e");
        assertThat(PlainText.line("  \n a  \u202e  b \0", 50)).isEqualTo("a b");
        assertThat(PlainText.line("${A} $${B}", 50)).isEqualTo("$ {A} $$ {B}");
        assertThat(PlainText.line("\ud800x\udc00", 50)).isEqualTo("x");
    }

    /** What vanishes in between must not bring the two halves of a placeholder together. */
    @Test
    void line_ofAnything_hasNoPlaceholder() {
        var random = new Random(402);
        String[] pieces = {"$", "{", "}", "\0", "\u200b", "\n", " ", "A", "😀"};
        for (int i = 0; i < 10_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) text.append(pieces[random.nextInt(pieces.length)]);
            assertThat(PlainText.line(text.toString(), 8))
                    .doesNotContain("${")
                    .matches("[^\\p{C}]*")
                    .hasSizeLessThan(9);
        }
    }

    @Test
    void line_longText_isCutBetweenCharacters() {
        assertThat(PlainText.line("abcdef", 6)).isEqualTo("abcdef");
        assertThat(PlainText.line("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(PlainText.line("abcd😀😀", 6)).isEqualTo("abcd…");
    }

    @Test
    void quoted_isEscaped() {
        assertThat(PlainText.quoted("a \"b\" \\n")).isEqualTo("\"a \\\"b\\\" \\\\n\"");
    }
}
