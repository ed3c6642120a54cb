package io.farebox.app;

import io.farebox.app.command.Commands;
import io.farebox.app.command.Surroundings;
import io.farebox.gate.Account;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.Deposit;
import io.farebox.gate.Header;
import io.farebox.gate.Token;
import io.farebox.ledger.JdbcBook;
import io.farebox.testkit.book.SampleClaim;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import io.farebox.x402.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A gateway whose book holds a payment of each kind, and somebody who looks after it. */
final class Operated implements AutoCloseable {
    static final String VIEWER = "a-viewer-of-this-test-only";
    static final String OPERATOR = "an-operator-of-this-test-only";
    static final String ADMIN = "admin: { viewer: " + VIEWER + ", operator: " + OPERATOR + " }";

    /** Where a payer has paid ahead who has no payments. */
    static final Account AHEAD = new Account(
            SampleClaim.BASE,
            "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
            "0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
            "0x" + "ab".repeat(20));

    private static final byte[] NOTHING = {};

    final App app;
    final Map<String, String> variables = new HashMap<>();
    private final StubFacilitator facilitator;
    private final Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Operated(App app, StubFacilitator facilitator, Path folder) {
        this.app = app;
        this.facilitator = facilitator;
        this.folder = folder;
        variables.put("FAREBOX_ADMIN", OPERATOR);
    }

    /** @param ids takes the payments' ids, by their keys */
    static Operated start(Path folder, String admin, Map<String, String> ids) throws IOException {
        fill(folder, ids);
        StubFacilitator facilitator = StubFacilitator.start();
        String more = "upstream: { url: \"http://127.0.0.1:9\" }\n" + admin;
        return new Operated(App.start(App.prices(folder, facilitator.url(), more)), facilitator, folder);
    }

    private static void fill(Path folder, Map<String, String> ids) {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        try (JdbcBook book = JdbcBook.open(App.book(folder))) {
            book.balances()
                    .credit(
                            AHEAD,
                            List.of(new Deposit("0xa1", 1, BigInteger.valueOf(90_000))),
                            List.of(),
                            SampleClaim.at(0));
            Instant today = Instant.now();
            book.tokens().issue("7a".repeat(32), new Token(AHEAD, List.of("paid"), "0xa1", today, tomorrow, null));
            for (String key : List.of("unknown", "owed", "paid", "released")) {
                SampleClaim sample = SampleClaim.of(key).route(key).request(key);
                Claim claim = ((ClaimResult.Claimed) book.claim(sample.toRequest())).claim();
                ids.put(key, claim.paymentId());
                Instant now = SampleClaim.at(1);
                if (key.equals("released")) {
                    book.released(claim, "resource_failed", now);
                    continue;
                }
                book.settling(claim, "stub", tomorrow, now);
                if (key.equals("unknown")) {
                    book.unknown(claim, "timeout", tomorrow, now);
                    continue;
                }
                DeliveryState delivery = key.equals("owed") ? DeliveryState.OWED : DeliveryState.RUNNING;
                book.settled(claim, SampleClaim.receipt("0x" + key), delivery, tomorrow, now);
                if (key.equals("paid")) book.delivered(claim, now);
            }
        }
    }

    URI management() {
        return app.management();
    }

    static Header bearer(String credential) {
        return new Header("Authorization", "Bearer " + credential);
    }

    RawAnswer get(String target, Header... headers) throws IOException {
        return RawHttp.get(management(), "/farebox/" + target, headers);
    }

    RawAnswer look(String target) throws IOException {
        return get(target, bearer(VIEWER));
    }

    RawAnswer post(String target, String body, String credential) throws IOException {
        return RawHttp.exchange(
                management(),
                "POST",
                "/farebox/" + target,
                body.getBytes(StandardCharsets.UTF_8),
                bearer(credential),
                new Header("Content-Type", "application/json"));
    }

    RawAnswer decide(String id, String as, String... more) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("as", as);
        body.put("by", "kim");
        for (int i = 0; i < more.length; i += 2) body.put(more[i], more[i + 1]);
        return post("payments/" + id + "/resolve", Json.write(body), OPERATOR);
    }

    /** Types a command where the gateway runs. @return its exit code */
    int type(String... words) {
        out.reset();
        err.reset();
        variables.putIfAbsent("FAREBOX_ADMIN_URL", management().toString());
        Surroundings here = new Surroundings(
                folder,
                variables::get,
                property -> "user.name".equals(property) ? "kim" : null,
                print(out),
                print(err));
        return new Commands(here, arguments -> OptionalInt.empty())
                .run(List.of(words))
                .orElse(-1);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    static byte[] nothing() {
        return NOTHING.clone();
    }

    @Override
    public void close() {
        app.close();
        facilitator.close();
    }
}
