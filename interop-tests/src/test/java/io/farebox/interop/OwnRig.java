package io.farebox.interop;

import io.farebox.chain.AccountKey;
import io.farebox.chain.Eip3009Signer;
import io.farebox.chain.KeyFileException;
import io.farebox.chain.lookup.ChainSettings;
import io.farebox.chain.lookup.Web3jLookup;
import io.farebox.chain.own.OwnFacilitator;
import io.farebox.chain.own.OwnSettings;
import io.farebox.chain.own.OwnToken;
import io.farebox.ledger.JdbcBook;
import io.farebox.outbox.NewOrder;
import io.farebox.outbox.Order;
import io.farebox.outbox.Outbox;
import io.farebox.outbox.Sender;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.StoredPayment;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A facilitator of our own over a book and a chain, as the assembly makes it, with times that suit a test. */
final class OwnRig implements AutoCloseable {
    static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    static final BigInteger PRICE = BigInteger.valueOf(10_000);
    static final BigInteger PURSE = BigInteger.valueOf(1_000_000);

    private final Chain chain;
    private final JdbcBook book;
    private final Web3jLookup lookup;
    private final OwnFacilitator facilitator;
    final PaymentRequirements terms;

    /** What differs from one test to the next. */
    record Wishes(Duration settleTimeout, Duration stuck, BigInteger mostFee, BigInteger budget, int batch) {
        static Wishes usual() {
            return new Wishes(
                    Duration.ofSeconds(20), Duration.ofMinutes(5), BigInteger.valueOf(100_000_000_000L), null, 50);
        }

        Wishes timeout(Duration other) {
            return new Wishes(other, stuck, mostFee, budget, batch);
        }

        Wishes stuck(Duration other) {
            return new Wishes(settleTimeout, other, mostFee, budget, batch);
        }

        Wishes budget(BigInteger other) {
            return new Wishes(settleTimeout, stuck, mostFee, other, batch);
        }

        Wishes mostFee(BigInteger other) {
            return new Wishes(settleTimeout, stuck, other, budget, batch);
        }

        Wishes batch(int other) {
            return new Wishes(settleTimeout, stuck, mostFee, budget, other);
        }
    }

    OwnRig(Chain chain, String bookUrl, Path folder, Wishes wishes) {
        this(chain, chain.caip2(), bookUrl, folder, wishes);
    }

    /** @param network what the configuration takes the chain for */
    OwnRig(Chain chain, String network, String bookUrl, Path folder, Wishes wishes) {
        this.chain = chain;
        this.book = JdbcBook.open(bookUrl);
        Network where = new Network(network);
        this.terms = new PaymentRequirements(
                "exact", where, PRICE, chain.asset(), PAYEE, 120, Map.of("name", "USDC", "version", "2"));
        var chains = Map.of(where, new ChainSettings(List.of(chain.rpc()), 1));
        this.lookup = new Web3jLookup(chains);
        var pace = new OwnSettings.Pace(
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                wishes.stuck(),
                Duration.ofMillis(500));
        var settings = new OwnSettings(
                "own",
                UUID.randomUUID().toString(),
                wishes.settleTimeout(),
                wishes.mostFee(),
                wishes.budget(),
                wishes.batch(),
                pace);
        this.facilitator =
                new OwnFacilitator(settings, key(folder), chains, book.outbox(), lookup, InstantSource.system());
        facilitator.know(new OwnToken("base-sepolia/USDC", terms, 6));
    }

    OwnRig started() {
        facilitator.start();
        return this;
    }

    /** Hands in an order that nobody waits for. */
    void order(FacilitatorRequest payment) {
        String key =
                PaymentIdentity.of(payment.payment(), payment.requirements()).orElseThrow();
        Instant now = Instant.now();
        outbox().submit(
                        new NewOrder(key, sender(), "0x", StoredPayment.write(payment), now.plus(Duration.ofDays(1))),
                        now);
    }

    Order find(FacilitatorRequest payment) {
        String key =
                PaymentIdentity.of(payment.payment(), payment.requirements()).orElseThrow();
        return outbox().find(key).orElseThrow();
    }

    private AccountKey key(Path folder) {
        try {
            return AccountKey.read(KeyFiles.write(folder, chain.own()));
        } catch (KeyFileException e) {
            throw new AssertionError(e);
        }
    }

    OwnFacilitator facilitator() {
        return facilitator;
    }

    Outbox outbox() {
        return book.outbox();
    }

    Sender sender() {
        return new Sender(terms.network(), chain.own().address().toLowerCase(java.util.Locale.ROOT));
    }

    /** Somebody with tokens. */
    Eip3009Signer payer() {
        Eip3009Signer payer = Eip3009Signer.random();
        chain.mint(payer.address(), PURSE);
        return payer;
    }

    FacilitatorRequest payment(Eip3009Signer payer) {
        return request(payer.sign(terms, Instant.EPOCH, Instant.now().plusSeconds(600)));
    }

    FacilitatorRequest request(SchemePayload payload) {
        return new FacilitatorRequest(
                new PaymentPayload(2, "exact", terms.network(), terms, payload, null, Map.of()),
                terms,
                new ResourceInfo("https://api.example.com/a", "A", "text/plain"));
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not within a minute: " + what);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        facilitator.close();
        lookup.close();
        book.close();
    }
}
