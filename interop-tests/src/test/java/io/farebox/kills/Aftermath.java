package io.farebox.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.kills.BookView.Entry;
import io.farebox.testkit.facilitator.Authorization;
import io.farebox.testkit.facilitator.ChargeLedger;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must be true of the book, the chain and the clients once everything has come to rest. */
final class Aftermath {
    private final BookView book;
    private final MemoryChain chain;

    Aftermath(BookView book, MemoryChain chain) {
        this.book = book;
        this.chain = chain;
    }

    /** Waits until nothing is open in the book. @return how long that took since then */
    Duration awaitRest(Instant since, Instant until) throws IOException {
        List<Entry> open = List.of();
        do {
            try {
                open = book.entries().stream().filter(Entry::isOpen).toList();
                if (open.isEmpty()) return Duration.between(since, Instant.now());
            } catch (SQLException e) {
                if (Instant.now().isAfter(until)) throw new AssertionError("the book cannot be read", e);
            }
            Pauses.of(Duration.ofMillis(250));
        } while (Instant.now().isBefore(until));
        throw new AssertionError(open.size() + " payments are stuck, among them " + open.getFirst());
    }

    /** The settled rows are the charges, one by one, with amount and transaction. */
    void bookEqualsChain() throws IOException, SQLException {
        Map<Authorization, BigInteger> settled = book.entries().stream()
                .filter(Entry::isSettled)
                .collect(Collectors.toMap(Entry::authorization, Entry::amount));
        assertThat(settled).isEqualTo(chain.charged());
        assertThat(book.entries().stream().filter(Entry::isSettled))
                .allSatisfy(row -> assertThat(row.transaction())
                        .isEqualToIgnoringCase(ChargeLedger.transaction(row.authorization())));
    }

    /** Each payment is delivered, uncharged or owed. @return how many are owed */
    long judge(Collection<Sent> payments) throws IOException, SQLException {
        Map<Authorization, Entry> rows =
                book.entries().stream().collect(Collectors.toMap(Entry::authorization, Function.identity()));
        for (Sent payment : payments) judge(payment, rows.get(payment.authorization()));
        return payments.stream()
                .map(payment -> rows.get(payment.authorization()))
                .filter(row -> row != null && row.delivery().equals("OWED"))
                .count();
    }

    private void judge(Sent payment, Entry row) {
        String what = payment + ", " + row;
        if (!chain.isCharged(payment.authorization())) {
            assertThat(payment.isServed()).as("served unpaid: %s", what).isFalse();
            if (row != null) assertThat(row.state()).as("not charged: %s", what).isIn("RELEASED", "FAILED", "EXPIRED");
            return;
        }
        assertThat(row).as("charged without a row: %s", what).isNotNull();
        assertThat(row.state()).as(what).isEqualTo("SETTLED");
        if (payment.isServed()) assertThat(row.delivery()).as(what).isIn("COMPLETE", "OWED");
        else assertThat(row.delivery()).as("charged and not served: %s", what).isEqualTo("OWED");
    }
}
