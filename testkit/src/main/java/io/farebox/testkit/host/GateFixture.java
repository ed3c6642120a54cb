package io.farebox.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Account;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.Deposit;
import io.farebox.gate.Facilitator;
import io.farebox.gate.Facilitators;
import io.farebox.gate.GateEvent;
import io.farebox.gate.GateSettings;
import io.farebox.gate.Header;
import io.farebox.gate.LocalVerifier;
import io.farebox.gate.Mode;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Prepaid;
import io.farebox.gate.TokenTerms;
import io.farebox.gate.TransferReasons;
import io.farebox.gate.TransferTerms;
import io.farebox.gate.Transfers;
import io.farebox.testkit.book.InMemoryBalances;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.testkit.book.InMemoryTokens;
import io.farebox.testkit.facilitator.ScriptedFacilitator;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SchemePayloads;
import io.farebox.x402.json.Json;
import io.farebox.x402.v2.V2Codec;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A whole gate of parts in memory: a scripted facilitator, a book that forgets, signatures that are believed unless they say
 * {@code bad}. Prices: {@code /paid/}, {@code /upfront/} and {@code /members/} (free for callers that the host knows) cost
 * 10000 units, {@code /free/} and the rest nothing.
 */
public final class GateFixture implements AutoCloseable {
    /** How long a priced resource may take. */
    public static final Duration RESOURCE_TIMEOUT = Duration.ofSeconds(30);

    /** Who pays, unless said otherwise. */
    public static final String PAYER = "0x857b06519e91e3a54538791bdbb0e22373e36b66";

    /** An origin that may read answers. */
    public static final String ORIGIN = "https://app.example.com";

    private final InMemoryBook book = new InMemoryBook();
    private final ScriptedFacilitator facilitator = new ScriptedFacilitator("stub");
    private final Queue<GateEvent> events = new ConcurrentLinkedQueue<>();
    private final ShiftingClock clock = new ShiftingClock();
    private final InMemoryTokens tokens = new InMemoryTokens();
    private final InMemoryBalances balances = new InMemoryBalances(book);
    private final SamplePrices prices;
    private final PaymentGate gate;

    public GateFixture(Mode mode) {
        this(mode, null, false);
    }

    /** One that takes transfers and tokens, and takes both from balances; the usual payer has paid three prices ahead. */
    static GateFixture takingTokens() {
        var chain = new TransferTerms.Chain(6, Map.of(SamplePrices.ASSET, BigInteger.valueOf(10_000)));
        GateFixture fixture = new GateFixture(
                Mode.ENFORCE, new TransferTerms(true, Duration.ofHours(1), Map.of(SamplePrices.NETWORK, chain)), true);
        var account = new Account(SamplePrices.NETWORK, SamplePrices.ASSET, SamplePrices.PAY_TO, PAYER);
        var deposit = new Deposit("0x" + "7a".repeat(32), 0, BigInteger.valueOf(30_000));
        fixture.balances.credit(account, List.of(deposit), List.of(), fixture.now());
        return fixture;
    }

    /** One that also takes transfers of the usual payer: all whose proof does not say {@code bad}. */
    static GateFixture takingTransfers() {
        var chain = new TransferTerms.Chain(6, Map.of(SamplePrices.ASSET, BigInteger.valueOf(10_000)));
        return new GateFixture(
                Mode.ENFORCE, new TransferTerms(true, Duration.ofHours(1), Map.of(SamplePrices.NETWORK, chain)), false);
    }

    private GateFixture(Mode mode, @Nullable TransferTerms transfers, boolean takesTokens) {
        GateSettings.Times times = GateSettings.Times.defaults();
        prices = new SamplePrices(
                RESOURCE_TIMEOUT.plus(times.settleBudget()).plus(times.skew()).plusSeconds(30));
        var settings = new GateSettings(
                "https://api.example.com",
                mode,
                "fixture",
                new GateSettings.Secret("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)),
                Map.of("base-sepolia", SamplePrices.NETWORK),
                Set.of(SamplePrices.NETWORK),
                List.of("stub"),
                Set.of(ORIGIN),
                times,
                GateSettings.DEFAULT_MAX_RELEASES,
                GateSettings.DEFAULT_MAX_UNDECIDABLE,
                transfers);
        gate = new PaymentGate(
                settings,
                prices,
                GateFixture::check,
                (transfer, asked) -> taken(transfer),
                takesTokens ? new Prepaid(new TokenTerms(Duration.ofHours(24), List.of()), tokens, balances) : null,
                book,
                new One(takesTokens ? new BalanceTill(facilitator, balances, clock) : facilitator),
                OutcomeLookup.none(),
                events::add,
                clock,
                clock);
    }

    public PaymentGate gate() {
        return gate;
    }

    public InMemoryBook book() {
        return book;
    }

    InMemoryTokens tokens() {
        return tokens;
    }

    public ScriptedFacilitator facilitator() {
        return facilitator;
    }

    public List<GateEvent> events() {
        return List.copyOf(events);
    }

    /** How many authorizations were charged. */
    public int charges() {
        return facilitator.ledger().charges();
    }

    /** A fresh, good payment of the usual payer, of whom nothing bad is known. @param version 1 or 2 */
    public Header pay(int version) {
        book.forgetRefusals();
        return pay(version, "0x" + "ab".repeat(65));
    }

    /** A fresh payment that nobody signed. */
    public Header forge(int version) {
        return pay(version, "0xbadbad" + "00".repeat(62));
    }

    private Header pay(int version, String signature) {
        byte[] nonce = new byte[32];
        ThreadLocalRandom.current().nextBytes(nonce);
        PaymentRequirements terms = prices.terms();
        long now = clock.instant().getEpochSecond();
        var payload = new SchemePayload.Eip3009(
                signature,
                PAYER,
                SamplePrices.PAY_TO,
                terms.amount(),
                BigInteger.ZERO,
                BigInteger.valueOf(now + terms.maxTimeoutSeconds()),
                "0x" + HexFormat.of().formatHex(nonce));
        Map<String, Object> json = version == 1 ? v1(payload) : v2(payload, terms);
        String text = Base64.getEncoder().encodeToString(Json.write(json).getBytes(StandardCharsets.US_ASCII));
        return new Header(version == 1 ? "X-PAYMENT" : "PAYMENT-SIGNATURE", text);
    }

    private static Map<String, Object> v1(SchemePayload payload) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("x402Version", 1L);
        json.put("scheme", "exact");
        json.put("network", "base-sepolia");
        json.put("payload", SchemePayloads.write(payload));
        return json;
    }

    private static Map<String, Object> v2(SchemePayload payload, PaymentRequirements terms) {
        var payment = new PaymentPayload(2, "exact", terms.network(), terms, payload, null, Map.of());
        Map<String, Object> json =
                new V2Codec().write(new FacilitatorRequest(payment, terms, new ResourceInfo("", "", "")), 2);
        json.remove("resource");
        return json;
    }

    private static Transfers.Taken taken(SchemePayload.Transfer transfer) {
        SchemePayload.TransferProof proof = transfer.proof();
        return proof == null || proof.signature().startsWith("0xbad")
                ? new Transfers.Taken.Refused(TransferReasons.PROOF_INVALID)
                : new Transfers.Taken.Credited(PAYER);
    }

    private static LocalVerifier.LocalCheck check(PaymentPayload payment, PaymentRequirements terms) {
        SchemePayload.Eip3009 payload = (SchemePayload.Eip3009) payment.payload();
        return payload.signature().startsWith("0xbadbad")
                ? new LocalVerifier.LocalCheck.Forged("invalid_exact_evm_payload_signature")
                : new LocalVerifier.LocalCheck.Signed(payload.from());
    }

    /** Lets time pass. */
    public void skip(Duration time) {
        clock.pause(time);
    }

    /** The gate's time. */
    public Instant now() {
        return clock.instant();
    }

    /** Waits until all granted requests have ended, and demands that the book holds nothing half done. */
    public void requireNothingOpen() {
        await(() -> gate.inFlight() == 0, "a granted request never ended");
        assertThat(book.all())
                .as("rows that nobody has finished")
                .noneMatch(row -> row.state() == PaymentState.CLAIMED
                        || row.state() == PaymentState.SETTLING
                        || row.delivery() == DeliveryState.RUNNING);
    }

    /** The only row of the book, when all requests have ended. */
    public PaymentRecord onlyRow() {
        requireNothingOpen();
        assertThat(book.all()).hasSize(1);
        return book.all().getFirst();
    }

    private static void await(java.util.function.BooleanSupplier condition, String complaint) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError(complaint);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        gate.close();
    }

    private record One(Facilitator facilitator) implements Facilitators {
        @Override
        public List<Facilitator> candidates(
                PaymentPayload payment, PaymentRequirements requirements, List<String> order) {
            return List.of(facilitator);
        }

        @Override
        public Optional<Facilitator> byId(String id) {
            return id.equals(facilitator.id()) ? Optional.of(facilitator) : Optional.empty();
        }
    }
}
