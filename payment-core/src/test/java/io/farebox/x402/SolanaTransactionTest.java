package io.farebox.x402;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.SolanaTransaction.TransferChecked;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SolanaTransactionTest {
    private static final String TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    private static final String TOKEN_2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";

    @Test
    void decode_transactionOfAStockClient_tellsWhoPaysWhomWhat() throws IOException {
        JsonObject made = stockPayment();
        String base64 = made.object("paymentPayload").object("payload").string("transaction");

        var transaction = SolanaTransaction.decode(base64).orElseThrow();

        assertThat(transaction.messageHash()).isEqualTo(made.string("messageSha256"));
        assertThat(transaction.feePayer()).isEqualTo(made.string("feePayer"));
        assertThat(transaction.signers()).containsExactly(made.string("feePayer"), made.string("payer"));
        assertThat(transaction.instructions()).isEqualTo(4);
        assertThat(transaction.transfers())
                .containsExactly(new TransferChecked(
                        TOKEN,
                        "H1AviagU5Y17z77v1F9qZPJ9kCbCsL4ewiZABNfGYoRs",
                        "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU",
                        "6ndWAgFxMAVLobD8WrdBj5w41GrDeJYiQX91nNSrwkZp",
                        made.string("payer"),
                        BigInteger.valueOf(10_000),
                        6));
    }

    private static JsonObject stockPayment() throws IOException {
        try (InputStream json = SolanaTransactionTest.class.getResourceAsStream("/solana-payment.json")) {
            return Json.readObject(json.readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void decode_otherSignatures_sameMessageHash(boolean versioned) {
        var plain = new Made(versioned);
        var signed = new Made(versioned);
        signed.signature = 7;

        assertThat(plain.base64()).isNotEqualTo(signed.base64());
        assertThat(signed.decode().orElseThrow()).isEqualTo(plain.decode().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void decode_legacyAndVersion0_bothWithAllFacts(boolean versioned) {
        var transaction = new Made(versioned).decode().orElseThrow();

        assertThat(transaction.feePayer()).isEqualTo(key(1));
        assertThat(transaction.signers()).containsExactly(key(1), key(2));
        assertThat(transaction.transfers())
                .containsExactly(new TransferChecked(
                        TOKEN, key(3), key(5), key(4), key(2), new BigInteger("18446744073709551615"), 6));
    }

    @Test
    void decode_token2022_isATransferToo() {
        var made = new Made(true);
        made.program = TOKEN_2022;

        assertThat(made.decode().orElseThrow().transfers())
                .singleElement()
                .extracting(TransferChecked::program)
                .isEqualTo(TOKEN_2022);
    }

    @Test
    void decode_otherProgramOrInstruction_isNoTransfer() {
        var otherProgram = new Made(true);
        otherProgram.program = key(9);
        var unchecked = new Made(true);
        unchecked.data[0] = 3;
        var longer = new Made(true);
        longer.data = Arrays.copyOf(longer.data, 11);
        var fewer = new Made(true);
        fewer.used = new int[] {2, 4, 3};

        for (var made : List.of(otherProgram, unchecked, longer, fewer)) {
            assertThat(made.decode().orElseThrow().transfers()).isEmpty();
        }
    }

    @Test
    void decode_accountFromALookUpTable_isNoNamedTransfer() {
        var made = new Made(true);
        made.lookUps = 2;
        made.used[2] = 7;

        assertThat(made.decode().orElseThrow().transfers()).isEmpty();
        assertThat(made.decode().orElseThrow().instructions()).isEqualTo(1);

        made.used[2] = 8; // six accounts and two looked up: the last index is 7
        assertThat(made.decode()).isEmpty();
    }

    @Test
    void decode_wrongHeader_isEmpty() {
        List<UnaryOperator<Made>> wrongs = List.of(
                made -> made.header(0, 0, 0),
                made -> made.header(1, 0, 0),
                made -> made.header(3, 0, 0),
                made -> made.header(2, 2, 0),
                made -> made.header(2, 0, 5),
                made -> made.header(2, 255, 255),
                made -> made.programIndex(0),
                made -> made.programIndex(6),
                made -> made.version(0x81),
                made -> made.version(0xff),
                made -> made.used(2, 4, 3, 6),
                made -> made.trailing(1));
        for (boolean versioned : new boolean[] {false, true}) {
            for (var wrong : wrongs) {
                // A legacy transaction has no version to be wrong.
                Made made = wrong.apply(new Made(versioned));
                if (versioned || made.version == 0x80) assertThat(made.decode()).isEmpty();
            }
        }
    }

    @Test
    void decode_everyTruncation_isEmpty() {
        for (boolean versioned : new boolean[] {false, true}) {
            byte[] whole = new Made(versioned).bytes();
            for (int length = 0; length < whole.length; length++) {
                assertThat(SolanaTransaction.decode(base64(Arrays.copyOf(whole, length))))
                        .as("length %d", length)
                        .isEmpty();
            }
        }
    }

    @Test
    void decode_largestTransaction_isReadAndOneByteMoreIsNot() {
        var made = new Made(true);
        // Two bytes for a length above 127, one of which is there already.
        int room = SolanaTransaction.MAX_BYTES - made.bytes().length - 1;
        made.data = Arrays.copyOf(made.data, made.data.length + room);
        assertThat(made.bytes()).hasSize(SolanaTransaction.MAX_BYTES);
        assertThat(made.decode()).isPresent();

        made.data = Arrays.copyOf(made.data, made.data.length + 1);
        assertThat(made.decode()).isEmpty();
    }

    @Test
    void decode_otherSpellingsOfTheSameBytes_isEmpty() {
        String good = new Made(true).base64();
        assertThat(good).endsWith("=");
        int last = good.indexOf('=') - 1;
        char stray = (char) (good.charAt(last) + 1);

        assertThat(SolanaTransaction.decode(good)).isPresent();
        for (String other : List.of(
                good.replace("=", ""),
                good.substring(0, last) + stray + good.substring(last + 1),
                good + "\n",
                " " + good,
                good.replace('A', '_'),
                "",
                "====",
                "A".repeat(1_000_000))) {
            assertThat(SolanaTransaction.decode(other)).isEmpty();
        }
    }

    @Test
    void decode_lengthInALongerSpelling_isEmpty() {
        byte[] good = new Made(true).bytes();
        byte[] longer = new byte[good.length + 1];
        System.arraycopy(good, 0, longer, 1, good.length);
        longer[0] = (byte) 0x82;
        longer[1] = 0;

        assertThat(SolanaTransaction.decode(base64(longer))).isEmpty();
    }

    @Test
    void decode_randomChanges_neverThrows() {
        long seed = Long.getLong("farebox.fuzz.seed", System.nanoTime());
        System.out.println("fuzz seed " + seed + " (repeat with -Dfarebox.fuzz.seed=" + seed + ")");
        var random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new Made(random.nextBoolean()).bytes();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(10) == 0) random.nextBytes(bytes);
            if (SolanaTransaction.decode(base64(bytes)).isPresent()) read++;
        }
        assertThat(read).as("seed %d", seed).isBetween(10_000, 99_999);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String key(int filler) {
        return Base58.encode(keyBytes(filler));
    }

    private static byte[] keyBytes(int filler) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filler);
        return key;
    }

    /** A transaction with two signers and one instruction, whose every part a test can spoil. */
    private static final class Made {
        final boolean versioned;
        int version = 0x80;
        int signature;
        int[] header = {2, 0, 1};
        String program = TOKEN;
        int programIndex = 5;
        int[] used = {2, 4, 3, 1};
        byte[] data = {12, -1, -1, -1, -1, -1, -1, -1, -1, 6};
        int lookUps;
        int trailing;

        Made(boolean versioned) {
            this.versioned = versioned;
        }

        Made header(int... header) {
            this.header = header;
            return this;
        }

        Made programIndex(int index) {
            programIndex = index;
            return this;
        }

        Made version(int version) {
            this.version = version;
            return this;
        }

        Made used(int... used) {
            this.used = used;
            return this;
        }

        Made trailing(int bytes) {
            trailing = bytes;
            return this;
        }

        byte[] bytes() {
            var out = new ByteArrayOutputStream();
            out.write(2);
            for (int i = 0; i < 128; i++) out.write(signature);
            if (versioned) out.write(version);
            for (int part : header) out.write(part);
            out.write(6);
            for (int i = 1; i <= 5; i++) out.writeBytes(keyBytes(i));
            out.writeBytes(Base58.decode(program, 32).orElseThrow());
            out.writeBytes(keyBytes(8));
            out.write(1);
            out.write(programIndex);
            out.write(used.length);
            for (int account : used) out.write(account);
            writeLength(out, data.length);
            out.writeBytes(data);
            if (versioned) writeLookUps(out);
            out.writeBytes(new byte[trailing]);
            return out.toByteArray();
        }

        private void writeLookUps(ByteArrayOutputStream out) {
            out.write(lookUps == 0 ? 0 : 1);
            if (lookUps == 0) return;
            out.writeBytes(keyBytes(10));
            out.write(lookUps - 1);
            out.writeBytes(new byte[lookUps - 1]);
            out.write(1);
            out.write(0);
        }

        private static void writeLength(ByteArrayOutputStream out, int length) {
            if (length >= 0x80) out.write(length & 0x7f | 0x80);
            out.write(length >= 0x80 ? length >> 7 : length);
        }

        String base64() {
            return SolanaTransactionTest.base64(bytes());
        }

        Optional<SolanaTransaction> decode() {
            return SolanaTransaction.decode(base64());
        }
    }
}
