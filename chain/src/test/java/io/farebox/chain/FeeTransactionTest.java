package io.farebox.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions, held against what viem 2.54.6 makes of the same fields; the key is a published test key. */
class FeeTransactionTest {
    private static final String KEY = "0x4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356";
    private static final String ASSET = "0x036cbd53842c5426634e7929541ec2318f3dcf7e";
    private static final SchemePayload.Eip3009 SIGNED = signed("1b");

    @TempDir
    private Path folder;

    private static SchemePayload.Eip3009 signed(String v) {
        return new SchemePayload.Eip3009(
                "0x2bd3a9a7c02a0b0d015c31ee446b8ed1e7ce030255b8f1f2437b61661d044918"
                        + "55ba02aeb69630cffa6ca691f3d21f858bfc1480c9bafe03f8e50fc40ad26ab8" + v,
                "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
                "0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
                BigInteger.valueOf(10_000),
                BigInteger.ZERO,
                BigInteger.valueOf(1_893_456_000),
                "0x" + "ab".repeat(32));
    }

    private AccountKey key(String content, String mode) throws Exception {
        Path file = folder.resolve("key");
        Files.deleteIfExists(file);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return AccountKey.read(file);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 7, 21000, 0x, 0x104ca3ea9753b48db3f6e024168ed8b95b8413c7cd4c91149045b9af93dc15b5",
        "127, 1, 128, 55, 0x7f, 0x4b7d92676073313909733a419f81fb905003bc9b5c69129a554a1439d6dd4adf",
        "128, 1, 256, 55, 0x80, 0x2cf3025d05fe093128c764a7fa450719521a497235dd313b73095e773de90aa7",
        "300, 1000000, 2000000000, 98765, transfer, 0x9d9382b9ee00b52c9974e6eba35033971329258dce0feff5b3a81f0e287dae7c"
    })
    void signed_asViemDoes(long nonce, BigInteger tip, BigInteger most, long gas, String data, String hash)
            throws Exception {
        String calldata =
                data.equals("transfer") ? TransferCalls.transfer(ASSET, SIGNED).data() : data;
        var transaction = new FeeTransaction(BigInteger.valueOf(84532), nonce, tip, most, gas, ASSET, calldata);

        FeeTransaction.Signed signed = key(KEY, "r--------").sign(transaction);

        assertThat(signed.hash()).isEqualTo(hash);
        assertThat(Hex.encode(Keccak256.hash(Hex.bytes(signed.raw())))).isEqualTo(hash);
        assertThat(transaction.mostCost()).isEqualTo(most.multiply(BigInteger.valueOf(gas)));
    }

    @Test
    void transfer_encodedAsViemDoes() {
        assertThat(hash(TransferCalls.transfer(ASSET, SIGNED)))
                .isEqualTo("0x4516ec0be92cd0198664755afc88ee45df24220a20cd5b0b757a8f6435b12fde");
        assertThat(TransferCalls.transfer(ASSET, signed("00")))
                .as("v 0 is 27")
                .isEqualTo(TransferCalls.transfer(ASSET, SIGNED));
    }

    @ParameterizedTest
    @CsvSource({
        "true, 0x39767ca94efa24da8a561154b6b5fb53860296f404492c652ed42d60d702e422",
        "false, 0xe30aa695c90d3b1a1761036e2c7efc8e79e38bee575a8401fb21bac8360340f4"
    })
    void together_encodedAsViemDoes(boolean mayFail, String hash) {
        TransferCalls.Call one = TransferCalls.transfer(ASSET, SIGNED);
        var other = new TransferCalls.Call("0x209693Bc6afc0C5328bA36FaF03C514EF312287C", "0x01");

        TransferCalls.Call all = TransferCalls.together(List.of(one, one, other), mayFail);

        assertThat(all.target()).isEqualTo(TransferCalls.MULTICALL);
        assertThat(hash(all)).isEqualTo(hash);
    }

    private static String hash(TransferCalls.Call call) {
        return Hex.encode(Keccak256.hash(Hex.bytes(call.data())));
    }

    @Test
    void transfer_ofAContractWallet_isNone() {
        assertThatThrownBy(() -> TransferCalls.transfer(ASSET, signed("1b" + "00".repeat(40))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-", "rw------x"})
    void keyFile_openToOthers_isRefused(String mode) {
        assertThatThrownBy(() -> key(KEY, mode))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("has mode " + mode)
                .hasMessageContaining("chmod 400")
                .hasMessageNotContaining(KEY.substring(2, 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--------", "rw-------", "r--r-----"})
    void keyFile_ofItsOwner_isRead(String mode) throws Exception {
        AccountKey read = key(KEY.substring(2) + "\r\n", mode);

        assertThat(read.address()).isEqualTo("0x14dc79964da2c08b23698b3d3cc7ca32193d9955");
        assertThat(read.checksummedAddress()).isEqualTo("0x14dC79964da2C08b23698B3D3cc7Ca32193d9955");
        assertThat(read.toString()).isEqualTo("AccountKey[0x14dc79964da2c08b23698b3d3cc7ca32193d9955]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x12",
                "four words are no key",
                "0x0000000000000000000000000000000000000000000000000000000000000000",
                "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
            })
    void keyFile_withoutAKey_isRefusedAndNotShown(String content) {
        assertThatThrownBy(() -> key(content, "r--------"))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("holds no private key")
                .hasMessageNotContaining("0x0000")
                .hasMessageNotContaining("four words");
    }

    @Test
    void keyFile_missing_isSaid() {
        assertThatThrownBy(() -> AccountKey.read(folder.resolve("none")))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("none does not exist");
    }
}
