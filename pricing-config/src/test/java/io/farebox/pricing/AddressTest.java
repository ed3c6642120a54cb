package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AddressTest {
    /** From the text of EIP-55. */
    private static final List<String> CHECKSUMMED = List.of(
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb");

    @Test
    void checksum_followsEip55() {
        for (String address : CHECKSUMMED) {
            assertThat(Eip55.checksummed(address.toLowerCase(Locale.ROOT))).isEqualTo(address);
        }
    }

    @Test
    void base58_standsForThirtyTwoBytes() {
        assertThat(Base58.isAddress("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"))
                .isTrue();
        assertThat(Base58.isAddress("11111111111111111111111111111111")).isTrue();
        assertThat(Base58.isAddress("111111111111111111111111111111111")).isFalse();
        assertThat(Base58.isAddress("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTD"))
                .isFalse();
        assertThat(Base58.isAddress("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1l"))
                .isFalse();
        assertThat(Base58.isAddress("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"))
                .isFalse();
    }

    @Test
    void publishedTestAddresses_areKnownWhateverTheirCase() {
        assertThat(TestAddresses.contains("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"))
                .isTrue();
        assertThat(TestAddresses.contains("0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"))
                .isTrue();
        assertThat(TestAddresses.contains(Fixtures.PAY_TO)).isFalse();
    }
}
