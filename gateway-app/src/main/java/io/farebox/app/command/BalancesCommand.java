package io.farebox.app.command;

import io.farebox.app.command.desk.DeskAddress;
import io.farebox.app.command.desk.DeskClient;
import io.farebox.app.command.desk.DeskException;
import io.farebox.app.command.desk.Table;
import io.farebox.app.command.desk.Units;
import io.farebox.pricing.NetworkTable;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code balances}: what payers have paid ahead, the tokens that name it, and what was paid back. */
final class BalancesCommand {
    private static final String JSON = PaymentsCommand.JSON;
    private static final List<String> OF_ACCOUNT =
            List.of("--network", "--asset", "--pay-to", "--amount", "--transaction");

    private final Surroundings here;
    private final Units units = new Units(NetworkTable.builtIn());

    BalancesCommand(Surroundings here) {
        this.here = here;
    }

    /** Exit code 0, or 1 if the gateway did not do it. */
    int run(List<String> arguments) {
        Options options = Options.read(
                arguments,
                Set.of(JSON),
                Set.of(
                        PaymentsCommand.URL,
                        DeskWords.LIMIT,
                        DeskWords.BY,
                        DeskWords.NOTE,
                        "--network",
                        "--asset",
                        "--pay-to",
                        "--amount",
                        "--transaction"));
        String what = options.words().isEmpty() ? "list" : options.words().getFirst();
        try (DeskClient desk =
                new DeskClient(DeskAddress.of(options.values().get(PaymentsCommand.URL), here.variables()))) {
            return switch (what) {
                case "list" -> list(options.atMost(1), desk);
                case "show" -> show(options.atMost(2), desk);
                case "end-tokens" -> endTokens(options.atMost(2), desk);
                case "pay-back" -> payBack(options.atMost(2), desk);
                default ->
                    throw new UsageException(
                            "\"" + what + "\" is nothing that balances does: list, show, end-tokens, pay-back.");
            };
        } catch (DeskException e) {
            here.err().println(e.getMessage());
            return PaymentsCommand.REFUSED;
        }
    }

    private int list(Options options, DeskClient desk) {
        JsonObject answer = desk.get("balances?limit=" + DeskWords.limit(options));
        if (options.has(JSON)) return json(answer);
        balances(answer);
        if (answer.stringOrNull("next") != null)
            here.err().println("There may be more: " + DeskWords.LIMIT + " takes up to 500.");
        return 0;
    }

    private void balances(JsonObject answer) {
        List<JsonObject> all = answer.objects("balances");
        if (all.isEmpty()) {
            here.out().println("Nothing is left on any balance.");
            return;
        }
        Table table = new Table("PAYER", "AMOUNT", "NETWORK", "ASSET", "PAY-TO", "CHANGED");
        for (JsonObject one : all)
            table.add(
                    one.string("payer"),
                    units.amount(one.string("network"), one.string("asset"), new BigInteger(one.string("amount"))),
                    units.network(one.string("network")),
                    one.string("asset"),
                    one.string("payTo"),
                    one.string("updatedAt"));
        table.lines().forEach(here.out()::println);
    }

    private int show(Options options, DeskClient desk) {
        JsonObject answer = desk.get("balances?payer=" + payer(options));
        if (options.has(JSON)) return json(answer);
        balances(answer);
        List<JsonObject> tokens = answer.objects("tokens");
        if (tokens.isEmpty()) return 0;
        Table table = new Table("TOKEN", "OF", "ISSUED", "EXPIRES", "ENDED");
        for (JsonObject one : tokens) {
            String ended = one.stringOrNull("revokedAt");
            table.add(
                    one.string("id"),
                    one.string("asset"),
                    one.string("issuedAt"),
                    one.string("expiresAt"),
                    ended == null ? "" : ended);
        }
        here.out().println();
        table.lines().forEach(here.out()::println);
        return 0;
    }

    private int endTokens(Options options, DeskClient desk) {
        JsonObject answer = desk.post("payers/" + payer(options) + "/end-tokens", DeskWords.reason(options, here));
        if (options.has(JSON)) return json(answer);
        here.out().println(answer.integer("ended") + " tokens have ended now.");
        return 0;
    }

    private int payBack(Options options, DeskClient desk) {
        Map<String, Object> body = DeskWords.reason(options, here);
        for (String option : OF_ACCOUNT) {
            String value = options.value(option)
                    .orElseThrow(() -> new UsageException(
                            option + " is missing: pay-back writes down what you have paid back, and does not pay."));
            body.put(option.equals("--pay-to") ? "payTo" : option.substring(2), value);
        }
        JsonObject answer = desk.post("payers/" + payer(options) + "/pay-back", body);
        if (options.has(JSON)) return json(answer);
        String how = answer.string("result").equals("already") ? "was written down before." : "is written down.";
        here.out().println("What was paid back " + how);
        return 0;
    }

    private static String payer(Options options) {
        if (options.words().size() < 2) throw new UsageException("The address of a payer is missing.");
        return URLEncoder.encode(options.words().get(1), StandardCharsets.UTF_8);
    }

    private int json(JsonObject answer) {
        here.out().println(Json.write(answer.members()));
        return 0;
    }
}
