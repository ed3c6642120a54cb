package io.farebox.replicas;

import io.farebox.replicas.History.Answered;
import io.farebox.replicas.History.Charged;
import io.farebox.replicas.History.Ended;
import io.farebox.replicas.History.Entry;
import io.farebox.replicas.History.Killed;
import io.farebox.replicas.History.Sent;
import io.farebox.testkit.facilitator.Authorization;
import io.farebox.testkit.facilitator.ChargeLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks over a whole history, when everything has come to rest, for what must never happen: an answer without a charge, two
 * answers for one charge, two charges for one purchase of a client that waited for its answers, a charge that is neither delivered
 * nor owed, and a book that says something else than the chain.
 *
 * <p>A delivery is an answer 200, whose receipt names the charge that it stands on, whichever payment fetched it. One exception
 * is made: a replica that is killed right after its answer cannot note the delivery, so that the run is owed, and may be fetched,
 * once more. How often that happened is told.
 */
final class HistoryCheck {
    /** How long before its death a replica may have answered without noting it. */
    private static final long NOTING_MILLIS = 5_000;

    private final History history;
    private final List<BookRow> rows;
    private final Map<Integer, Sent> sent;
    private final Map<String, Authorization> charged;
    private final Map<String, List<Entry>> deliveries = new HashMap<>();
    private final Set<Integer> lost;
    private final List<String> problems = new ArrayList<>();
    private int deliveredAgain;

    HistoryCheck(History history, List<BookRow> rows) {
        this.history = history;
        this.rows = rows;
        this.sent = history.sent();
        this.charged = history.all(Charged.class).stream()
                .map(Charged::payment)
                .collect(Collectors.toMap(ChargeLedger::transaction, Function.identity(), (a, b) -> a));
        this.lost =
                history.all(Ended.class).stream().map(Ended::attempt).collect(Collectors.toCollection(HashSet::new));
        for (Entry entry : history.entries()) {
            if (entry.event() instanceof Answered answer && answer.status() == 200)
                deliveries
                        .computeIfAbsent(answer.transaction(), any -> new ArrayList<>())
                        .add(entry);
        }
    }

    /** Everything that is wrong, each with the history of the payer it happened to; empty if all is well. */
    List<String> problems() {
        charges();
        deliveries();
        fetched();
        purchases();
        refusals();
        book();
        return problems;
    }

    /** How many answers were given a second time because their replica died right after the first. */
    int deliveredAgain() {
        return deliveredAgain;
    }

    private void deliveries() {
        deliveries.forEach((transaction, answers) -> {
            Answered first = (Answered) answers.getFirst().event();
            String payer = sent.get(first.attempt()).payer();
            Authorization payment = charged.get(transaction);
            if (payment == null) problem(payer, "delivered without a charge, receipt of '%s'", transaction);
            else if (!payment.from().equals(payer)) problem(payer, "delivered on a charge of %s", payment.from());
            if (answers.size() == 1) return;
            if (answers.subList(0, answers.size() - 1).stream().allMatch(this::diedRightAfter)) deliveredAgain++;
            else problem(payer, "delivered %d times on %s", answers.size(), transaction);
        });
    }

    private void charges() {
        Set<Authorization> seen = new HashSet<>();
        for (Charged each : history.all(Charged.class))
            if (!seen.add(each.payment()))
                problem(each.payment().from(), "%s charged twice", History.name(each.payment()));
    }

    private boolean diedRightAfter(Entry answer) {
        int replica = sent.get(((Answered) answer.event()).attempt()).replica();
        return history.entries().stream()
                .filter(entry -> entry.event() instanceof Killed killed && killed.replica() == replica)
                .anyMatch(kill ->
                        kill.millis() >= answer.millis() - 100 && kill.millis() <= answer.millis() + NOTING_MILLIS);
    }

    /** A payment that fetched what was owed for another one is never settled. */
    private void fetched() {
        deliveries.forEach((transaction, answers) -> {
            for (Entry answer : answers) {
                Sent fetching = sent.get(((Answered) answer.event()).attempt());
                boolean own = ChargeLedger.transaction(fetching.payment()).equals(transaction);
                if (!own && charged.containsValue(fetching.payment()))
                    problem(fetching.payer(), "%s fetched a run and was charged", History.name(fetching.payment()));
            }
        });
    }

    /** Who always waits for an answer pays once for what it wants. */
    private void purchases() {
        record Purchase(String payer, int number) {}
        Map<Purchase, List<Sent>> purchases =
                sent.values().stream().collect(Collectors.groupingBy(e -> new Purchase(e.payer(), e.purchase())));
        purchases.forEach((purchase, attempts) -> {
            if (attempts.stream().anyMatch(attempt -> lost.contains(attempt.attempt()))) return;
            long charges = attempts.stream()
                    .map(Sent::payment)
                    .distinct()
                    .filter(charged::containsValue)
                    .count();
            if (charges > 1) problem(purchase.payer(), "charged %d times for purchase %d", charges, purchase.number());
        });
    }

    /**
     * Whoever is asked for another payment is not charged for this one any more, unless it is sent again; and it was not charged
     * before.
     */
    private void refusals() {
        for (Answered answer : history.all(Answered.class)) {
            Sent refused = sent.get(answer.attempt());
            if (!answer.asksAgain() || !charged.containsValue(refused.payment())) continue;
            boolean otherwise = sent.values().stream()
                    .anyMatch(
                            other -> other.payment().equals(refused.payment()) && other.attempt() != refused.attempt());
            if (!otherwise || chargedBefore(refused))
                problem(
                        refused.payer(),
                        "%s charged, and attempt %d was asked for another",
                        History.name(refused.payment()),
                        answer.attempt());
        }
    }

    private boolean chargedBefore(Sent attempt) {
        for (Entry entry : history.entries()) {
            if (entry.event().equals(attempt)) return false;
            if (entry.event() instanceof Charged each && each.payment().equals(attempt.payment())) return true;
        }
        return false;
    }

    private void book() {
        Map<Authorization, BookRow> byPayment =
                rows.stream().collect(Collectors.toMap(BookRow::payment, Function.identity()));
        charged.forEach((transaction, payment) -> charge(transaction, payment, byPayment.get(payment)));
        for (BookRow row : rows) {
            if (row.state().equals("SETTLED")) {
                if (!charged.containsKey(row.transaction()))
                    problem(row.payment().from(), "in the book, not charged: %s", row);
            } else if (!Set.of("RELEASED", "FAILED", "EXPIRED").contains(row.state())) {
                problem(row.payment().from(), "not brought to an end: %s", row);
            }
        }
    }

    private void charge(String transaction, Authorization payment, BookRow row) {
        if (row == null || !row.state().equals("SETTLED") || !row.transaction().equals(transaction)) {
            problem(payment.from(), "%s charged, and in the book %s", History.name(payment), row);
            return;
        }
        List<Entry> answers = deliveries.getOrDefault(transaction, List.of());
        if (answers.isEmpty() && !row.isOwed() && !takeLostAnswer(payment.from()))
            problem(payment.from(), "%s charged, neither delivered nor owed", History.name(payment));
        if (!answers.isEmpty() && row.isOwed() && !diedRightAfter(answers.getLast()))
            problem(payment.from(), "%s delivered and still owed", History.name(payment));
    }

    /** An answer that died with its client's connection is delivered in the book; one attempt explains one such charge. */
    private boolean takeLostAnswer(String payer) {
        return lost.stream()
                .filter(attempt -> sent.get(attempt).payer().equals(payer))
                .findAny()
                .map(lost::remove)
                .orElse(false);
    }

    private void problem(String payer, String what, Object... facts) {
        problems.add(what.formatted(facts) + "\n" + history.of(payer));
    }
}
