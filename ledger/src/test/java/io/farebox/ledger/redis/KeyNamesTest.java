package io.farebox.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What keys are called, and where they lie. */
final class KeyNamesTest {
    private static final KeyNames CLUSTER = KeyNames.of("test", true);

    @Test
    void keysOfAShare_lieInOneSlot() {
        Set<Integer> shares = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            KeyNames.Named named = CLUSTER.of("payment " + i);
            shares.add(named.share());
            assertThat(SlotHash.getSlot(named.claim()))
                    .isEqualTo(SlotHash.getSlot(named.epoch()))
                    .isEqualTo(CLUSTER.slot(named.share()));
            assertThat(named.claim()).startsWith("test:1:").hasSizeLessThan(90);
        }
        assertThat(shares).hasSize(KeyNames.IN_CLUSTER);
    }

    @Test
    void shares_areSpreadEvenlyOverMasters() {
        for (int masters = 1; masters <= 30; masters++) {
            int[] held = new int[masters];
            for (int share = 0; share < KeyNames.IN_CLUSTER; share++)
                held[CLUSTER.slot(share) * masters / SlotHash.SLOT_COUNT]++;
            double fair = (double) KeyNames.IN_CLUSTER / masters;
            for (int of : held)
                assertThat(of / fair).as("of %d masters", masters).isBetween(0.7, 1.4);
        }
    }

    @Test
    void singleRedis_hasOneShareAndKeysAsBefore() {
        KeyNames.Named named = KeyNames.of("test", false).of("a payment");

        assertThat(named.share()).isZero();
        assertThat(named.epoch()).isEqualTo("test:1:epoch");
        assertThat(named.claim()).matches("test:1:[0-9a-f]{64}");
    }
}
