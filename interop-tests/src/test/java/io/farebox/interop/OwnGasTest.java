package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.outbox.Order;
import io.farebox.x402.FacilitatorRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What batches save: the gas of one payment, by how many are in a transaction. {@code own.batches} says at which sizes. */
@Tag("long")
class OwnGasTest {
    private static Chain chain;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        chain = Chain.start(84532);
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @Test
    void batched_costsAtLeastAQuarterLessAtFifty() {
        Map<Integer, Long> gas = new LinkedHashMap<>();
        for (String size : System.getProperty("own.batches", "1,50").split(","))
            gas.put(Integer.valueOf(size), gas(Integer.parseInt(size)));
        gas.forEach((size, each) -> System.out.printf("own gas: %d in a transaction: %d each%n", size, each));
        assertThat(gas.get(50)).isLessThan(gas.get(1) * 3 / 4);
    }

    /** Of payers who have paid before, to a payee who has been paid before: that is what most payments are. */
    private long gas(int size) {
        String url = "jdbc:h2:file:" + folder.resolve("book" + size);
        try (OwnRig rig = new OwnRig(chain, url, folder, OwnRig.Wishes.usual().batch(size))) {
            List<FacilitatorRequest> payments = new ArrayList<>();
            for (int i = 0; i < size; i++) payments.add(rig.payment(rig.payer()));
            chain.mint(OwnRig.PAYEE, OwnRig.PRICE);
            payments.forEach(rig::order);
            rig.started();
            for (FacilitatorRequest each : payments)
                OwnRig.await("all are settled", () -> rig.find(each).state() == Order.State.SETTLED);
            List<String> hashes = payments.stream()
                    .map(each -> String.valueOf(rig.find(each).transaction()))
                    .distinct()
                    .toList();
            assertThat(hashes).as("all of %d in one transaction", size).hasSize(1);
            String used = chain.call("eth_getTransactionReceipt", List.of(hashes.getFirst()))
                    .object("result")
                    .string("gasUsed");
            return Long.parseLong(used.substring(2), 16) / size;
        }
    }
}
