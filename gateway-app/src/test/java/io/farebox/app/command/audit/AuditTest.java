package io.farebox.app.command.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.farebox.app.command.audit.Finding.Kind;
import io.farebox.app.command.desk.Units;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.chain.lookup.PaidTransfer;
import io.farebox.pricing.NetworkTable;
import io.farebox.x402.Network;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final Network BASE = new Network("eip155:8453");
    private static final String USDC = "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913";
    private static final String PAYEE = "0x209693bc6afc0c5328ba36faf03c514ef312287c";
    private static final String PAYER = "0x857b06519e91e3a54538791bdbb0e22373e36b66";

    private final List<BookRow> listed = new ArrayList<>();
    private final List<BookRow> unlisted = new ArrayList<>();
    private final List<PaidTransfer> transfers = new ArrayList<>();
    private final Map<String, Long> blocks = new HashMap<>();

    private static String hash(int n) {
        return "0x" + "%064x".formatted(n);
    }

    private static BookRow row(int n, String state) {
        String key = "evm3009:eip155:8453:" + USDC + ":" + PAYER + ":" + hash(n);
        return new BookRow("id-" + n, key, state, "eip155:8453", USDC, BigInteger.valueOf(10_000), PAYEE, hash(n));
    }

    private static BookRow with(BookRow row, String key, String transaction, long amount) {
        return new BookRow(
                row.id(),
                key,
                row.state(),
                row.network(),
                row.asset(),
                BigInteger.valueOf(amount),
                row.payTo(),
                transaction);
    }

    private void paid(int n, @Nullable String nonce) {
        blocks.put(hash(n), 100L + n);
        transfers.add(new PaidTransfer(USDC, PAYER, PAYEE, BigInteger.valueOf(10_000), hash(n), 100 + n, n, nonce));
    }

    private void paid(int n) {
        paid(n, hash(n));
    }

    private AuditReport audit() throws ChainUnreadableException {
        var scope = new Audit.Scope(BASE, Set.of(USDC), Set.of(PAYEE), 100, 200, Instant.EPOCH, Instant.MAX);
        return new Audit(scope, new Book(), new Chain()).run();
    }

    private final class Book implements BookSide {
        @Override
        public List<BookRow> charged(Instant from, Instant until) {
            return listed;
        }

        @Override
        public Optional<BookRow> byKey(String key) {
            return unlisted.stream().filter(row -> row.key().equals(key)).findFirst();
        }
    }

    private final class Chain implements ChainSide {
        @Override
        public List<PaidTransfer> transfers(Set<String> assets, Set<String> payees) {
            return transfers.stream()
                    .filter(each -> assets.contains(each.asset()) && payees.contains(each.payee()))
                    .toList();
        }

        @Override
        public OptionalLong blockOf(String transaction) {
            Long block = blocks.get(transaction);
            return block == null ? OptionalLong.empty() : OptionalLong.of(block);
        }
    }

    private static AssetSum sum(AuditReport report) {
        assertThat(report.sums()).hasSize(1);
        return report.sums().getFirst();
    }

    @Test
    void creditedTransfer_isNoPayment() throws Exception {
        paid(1);
        unlisted.add(row(1, BookRow.TRANSFERRED));

        AuditReport report = audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.sums()).isEmpty();
        assertThat(report.others()).hasSize(1);
    }

    @Test
    void everythingInBoth_differsInNothing() throws Exception {
        for (int n = 1; n <= 3; n++) paid(n);
        listed.add(row(1, "SETTLED"));
        listed.add(row(2, "REFUND_DUE"));
        unlisted.add(row(3, "SETTLED")); // claimed before the range began, or under way while the book was read

        AuditReport report = audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.isExplained()).isTrue();
        assertThat(sum(report).difference()).isZero();
        assertThat(sum(report).bookCount()).isEqualTo(3);
        assertThat(sum(report).chain()).isEqualTo(30_000);
        assertThat(new AuditText(new Units(NetworkTable.builtIn())).lines(report))
                .containsExactly(
                        "base, blocks 100 to 200",
                        "  book 0.03 USDC in 3 payments, chain 0.03 USDC in 3 transfers, difference 0 USDC");
    }

    @Test
    void forgedRow_isFound() throws Exception {
        listed.add(row(1, "SETTLED"));
        listed.add(with(row(2, "SETTLED"), row(2, "").key(), "0xforged", 500));
        blocks.put(hash(3), 150L); // a transaction that pays somebody else
        listed.add(row(3, "SETTLED"));

        AuditReport report = audit();

        assertThat(report.findings())
                .extracting(Finding::kind, Finding::payment)
                .containsExactlyInAnyOrder(
                        tuple(Kind.NOT_ON_CHAIN, "id-1"),
                        tuple(Kind.NOT_ON_CHAIN, "id-2"),
                        tuple(Kind.NOT_ON_CHAIN, "id-3"));
        assertThat(report.isExplained()).isFalse();
        assertThat(sum(report).difference()).isEqualTo(20_500);
    }

    @Test
    void paymentThatTheBookForgot_isFound() throws Exception {
        paid(1);

        AuditReport report = audit();

        assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.NOT_IN_BOOK);
        assertThat(report.isExplained()).isFalse();
        assertThat(sum(report).difference()).isEqualTo(-10_000);
    }

    @Test
    void bookThatSaysOtherwise_isFound() throws Exception {
        for (int n = 1; n <= 4; n++) paid(n);
        unlisted.add(row(1, "FAILED"));
        listed.add(row(2, "REVERSED"));
        listed.add(with(row(3, "SETTLED"), row(3, "").key(), hash(3), 9_999));
        listed.add(with(row(4, "SETTLED"), row(4, "").key(), hash(9), 10_000));

        AuditReport report = audit();

        assertThat(report.findings())
                .extracting(Finding::kind, Finding::payment)
                .containsExactly(
                        tuple(Kind.UNCHARGED_IN_BOOK, "id-1"),
                        tuple(Kind.REVERSED_IN_BOOK, "id-2"),
                        tuple(Kind.DIFFERENT, "id-3"),
                        tuple(Kind.DIFFERENT, "id-4"));
        assertThat(report.isExplained()).isFalse();
    }

    @Test
    void paymentWhoseOutcomeIsNotKnownYet_isExplained() throws Exception {
        paid(1);
        paid(2);
        unlisted.add(row(1, "UNKNOWN"));
        unlisted.add(row(2, "SETTLING"));

        AuditReport report = audit();

        assertThat(report.findings()).extracting(Finding::kind).containsOnly(Kind.STILL_OPEN);
        assertThat(report.isExplained()).isTrue();
        assertThat(sum(report).difference()).isEqualTo(-20_000);
    }

    @Test
    void transferThatIsNoPayment_isListedApart() throws Exception {
        paid(1, null);

        AuditReport report = audit();

        assertThat(report.others()).hasSize(1);
        assertThat(report.sums()).isEmpty();
        assertThat(report.isExplained()).isTrue();
        assertThat(new AuditText(new Units(NetworkTable.builtIn())).lines(report))
                .contains("  other transfers, which are no x402 payments: 1");
    }

    @Test
    void whatWasChargedOutsideTheRange_doesNotCount() throws Exception {
        listed.add(row(1, "SETTLED"));
        blocks.put(hash(1), 201L);
        listed.add(row(2, "REVERSED"));

        AuditReport report = audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.sums()).isEmpty();
    }

    @Test
    void erasedPayer_isMatchedByTransactionAndAmount() throws Exception {
        paid(1);
        listed.add(with(row(1, "SETTLED"), "erased:1", hash(1), 10_000));
        listed.add(with(row(2, "SETTLED"), "erased:2", hash(2), 10_000));

        AuditReport report = audit();

        assertThat(report.findings())
                .extracting(Finding::kind, Finding::payment)
                .containsExactly(tuple(Kind.NOT_ON_CHAIN, "id-2"));
    }

    @Test
    void payeeOfFormerTimes_isAuditedToo() throws Exception {
        String former = "0x1e4b6e5c8e3f4b0db5b4bc0b4b2d9a5c6e7f8091";
        BookRow row = row(1, "SETTLED");
        listed.add(new BookRow(
                row.id(), row.key(), row.state(), row.network(), row.asset(), row.amount(), former, row.transaction()));
        transfers.add(new PaidTransfer(USDC, PAYER, former, BigInteger.valueOf(10_000), hash(1), 101, 0, hash(1)));

        assertThat(audit().findings()).isEmpty();
    }
}
