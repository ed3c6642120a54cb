package io.farebox.x402;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Base58Test {
    private static final String TOKEN_PROGRAM = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "00, 1",
        "0000, 11",
        "39, z",
        "3a, 21",
        "ff, 5Q",
        "0000287fb4cd, 11233QC4",
        "516b6fcd0f, ABnLTmg",
        "06ddf6e1d765a193d9cbe146ceeb79ac1cb485ed5f5b37913a8cf5857eff00a9, TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
        "0000000000000000000000000000000000000000000000000000000000000000, 11111111111111111111111111111111"
    })
    void encode_andDecode_undoEachOther(String hex, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Base58.encode(bytes)).isEqualTo(text);
        assertThat(Base58.decode(text, bytes.length))
                .hasValueSatisfying(read -> assertThat(read).isEqualTo(bytes));
    }

    @Test
    void encode_randomBytes_equalsDivisionByTheBook() {
        var random = new Random(58);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(70)];
            random.nextBytes(bytes);
            if (bytes.length > 3 && i % 3 == 0) bytes[0] = bytes[1] = 0;
            String text = Base58.encode(bytes);

            assertThat(text).isEqualTo(byTheBook(bytes));
            assertThat(Base58.decode(text, bytes.length).orElseThrow()).isEqualTo(bytes);
        }
    }

    private static String byTheBook(byte[] bytes) {
        String alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        var text = new StringBuilder();
        BigInteger base = BigInteger.valueOf(58);
        for (BigInteger left = new BigInteger(1, bytes); left.signum() > 0; left = left.divide(base)) {
            text.append(alphabet.charAt(left.mod(base).intValue()));
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) text.append('1');
        return text.reverse().toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "0okenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
                "lokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
                " TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
                "1TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
                "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5D",
                "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DAA",
                "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "111111111111111111111111111111111",
                "1111111111111111111111111111111",
                "\u0661okenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
            })
    void decode_notAKey_isEmpty(String text) {
        assertThat(Base58.decode(text, 32)).isEmpty();
    }

    @Test
    void decode_veryLongText_isEmptyAtOnce() {
        assertThat(Base58.decode("1".repeat(10_000_000), 32)).isEmpty();
        assertThat(Base58.decode(TOKEN_PROGRAM, 32).map(Base58::encode)).hasValue(TOKEN_PROGRAM);
        assertThat(Base58.encode("Hello World!".getBytes(US_ASCII))).isEqualTo("2NEpo7TZRRrLZSi2U");
    }
}
