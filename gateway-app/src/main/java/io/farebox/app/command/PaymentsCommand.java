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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code payments}: what is open in the book of a running gateway, and what operators decide about it. */
final class PaymentsCommand {
    /** The gateway could not be asked, or said no. */
    static final int REFUSED = 1;

    static final String URL = "--url";
    static final String JSON = "--json";
    private static final String STATE = "--state";
    private static final String AS = "--as";
    private static final String TRANSACTION = "--transaction";
    private static final List<String> OPEN = List.of("unknown", "owed", "refund-due", "reversed");

    private final Surroundings here;
    private final Units units = new Units(NetworkTable.builtIn());

    PaymentsCommand(Surroundings here) {
        this.here = here;
    }

    /** Exit code 0, or 1 if the gateway did not do it. */
    int run(List<String> arguments) {
        Options options = Options.read(
                arguments,
                Set.of(JSON),
                Set.of(URL, STATE, DeskWords.LIMIT, AS, TRANSACTION, DeskWords.BY, DeskWords.NOTE));
        String what = options.words().isEmpty() ? "summary" : options.words().getFirst();
        try (DeskClient desk = new DeskClient(DeskAddress.of(options.values().get(URL), here.variables()))) {
            return switch (what) {
                case "summary" -> summary(options.atMost(1), desk);
                case "list" -> list(options.atMost(1), desk);
                case "show" -> show(options.atMost(2), desk);
                case "resolve" -> resolve(options.atMost(2), desk);
                case "erase" -> erase(options.atMost(2), desk);
                default ->
                    throw new UsageException(
                            "\"" + what + "\" is nothing that payments does: summary, list, show, resolve, erase.");
            };
        } catch (DeskException e) {
            here.err().println(e.getMessage());
            return REFUSED;
        }
    }

    private int summary(Options options, DeskClient desk) {
        JsonObject answer = desk.get("summary");
        if (options.has(JSON)) return json(answer.members());
        List<JsonObject> open = answer.objects("open");
        if (open.isEmpty()) here.out().println("Nothing is open.");
        Table table = new Table("STATE", "PAYMENTS", "AMOUNT", "NETWORK", "OLDEST");
        for (JsonObject one : open)
            table.add(
                    one.string("state"),
                    one.integer("count") + (one.bool("more") ? " or more" : ""),
                    amount(one),
                    units.network(one.string("network")),
                    one.string("oldest"));
        return open.isEmpty() ? 0 : print(table);
    }

    private int list(Options options, DeskClient desk) {
        List<String> states = options.value(STATE).map(List::of).orElse(OPEN);
        int limit = DeskWords.limit(options);
        List<Object> all = new ArrayList<>();
        Table table = new Table("ID", "STATE", "DELIVERY", "AMOUNT", "NETWORK", "ROUTE", "PAYER", "SINCE");
        boolean more = false;
        for (String state : states) {
            JsonObject page = desk.get("payments?limit=" + limit + "&state=" + encoded(state));
            more |= page.stringOrNull("next") != null;
            for (JsonObject payment : page.objects("payments")) {
                all.add(payment.members());
                line(table, payment);
            }
        }
        if (options.has(JSON)) return json(Map.of("payments", all, "more", more));
        if (all.isEmpty()) here.out().println("No payments.");
        else print(table);
        if (more) here.err().println("There are more: " + DeskWords.LIMIT + " takes up to 500 of each state.");
        return 0;
    }

    private void line(Table table, JsonObject payment) {
        table.add(
                payment.string("id"),
                payment.string("state"),
                payment.string("delivery"),
                amount(payment),
                units.network(payment.string("network")),
                payment.string("route"),
                payment.string("payer"),
                payment.string("createdAt"));
    }

    private String amount(JsonObject one) {
        return units.amount(one.string("network"), one.string("asset"), new BigInteger(one.string("amount")));
    }

    private int show(Options options, DeskClient desk) {
        JsonObject answer = desk.get("payments/" + encoded(word(options, "show needs the id of a payment.")));
        if (options.has(JSON)) return json(answer.members());
        showPayment(answer.object("payment"));
        List<JsonObject> actions = answer.objects("actions");
        if (actions.isEmpty()) return 0;
        here.out().println();
        Table table = new Table("AT", "BY", "ACTION", "BEFORE", "AFTER", "WORD", "REFERENCE", "NOTE");
        for (JsonObject one : actions)
            table.add(
                    one.string("at"),
                    one.string("by"),
                    one.string("action"),
                    one.string("before"),
                    one.string("after"),
                    one.string("word"),
                    one.members().containsKey("reference") ? one.string("reference") : "",
                    one.string("note"));
        return print(table);
    }

    private void showPayment(JsonObject payment) {
        Table table = new Table("amount", amount(payment) + " on " + units.network(payment.string("network")));
        payment.members().forEach((name, value) -> {
            if (!name.equals("amount")) table.add(name, String.valueOf(value));
        });
        print(table);
    }

    private int resolve(Options options, DeskClient desk) {
        String id = word(options, "resolve needs the id of a payment.");
        Map<String, Object> body = DeskWords.reason(options, here);
        body.put(
                "as",
                options.value(AS)
                        .orElseThrow(() -> new UsageException(
                                AS + " is missing: charged, not-charged, refund-due, refunded or reversed.")));
        options.value(TRANSACTION).ifPresent(transaction -> body.put("transaction", transaction));
        JsonObject answer = desk.post("payments/" + encoded(id) + "/resolve", body);
        if (options.has(JSON)) return json(answer.members());
        JsonObject payment = answer.object("payment");
        String how = answer.string("result").equals("already") ? " already" : " now";
        String word = answer.stringOrNull("word");
        here.out()
                .println("Payment " + id + " is" + how + " " + payment.string("state") + ", delivery "
                        + payment.string("delivery")
                        + (word == null ? "." : word.equals("chain") ? ", as the chain shows." : ", on your word."));
        return 0;
    }

    private int erase(Options options, DeskClient desk) {
        String payer = word(options, "erase needs the address of a payer.");
        JsonObject answer = desk.post("payers/" + encoded(payer) + "/erase", DeskWords.reason(options, here));
        if (options.has(JSON)) return json(answer.members());
        here.out().println(answer.integer("erased") + " payments have a pseudonym now.");
        if (answer.bool("more"))
            here.err().println("Others are younger than two days, or there are very many: do it again later.");
        return 0;
    }

    private static String word(Options options, String missing) {
        if (options.words().size() < 2) throw new UsageException(missing);
        return options.words().get(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private int json(Map<String, Object> value) {
        here.out().println(Json.write(value));
        return 0;
    }

    private int print(Table table) {
        table.lines().forEach(here.out()::println);
        return 0;
    }
}
