package io.farebox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.facilitator.Authorization;
import io.farebox.x402.SchemePayload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Customers of all manners shop at three processes while everything behind them fails: afterwards the whole history holds what is
 * promised, within 60 s nothing is left open, and what is owed can be fetched. {@code -Dhistory.seconds=120 -Dhistory.kills=true
 * -Dfleets=…} for the long run; {@code -Dhistory.seed=…} for the same faults again.
 */
@ExtendWith(Fleets.Shared.class)
class HistoryTest {
    private static final Duration LASTS = Duration.ofSeconds(Integer.getInteger("history.seconds", 6));
    private static final int CUSTOMERS = Integer.getInteger("history.customers", 12);
    private static final boolean KILLS = Boolean.getBoolean("history.kills");
    private static final long SEED = Long.getLong("history.seed", System.nanoTime());
    private static final Duration RECOVERED = Duration.ofSeconds(60);
    /** Of a request that was begun before the last fault was over. */
    private static final Duration SETTLING_DOWN = Duration.ofSeconds(30);

    private static Stream<Fleet.Variant> fleets() {
        return Fleet.Variant.chosen();
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void everythingFails_everyPaymentIsDeliveredUnchargedOrOwed(Fleet.Variant variant, Fleets fleets) throws Exception {
        System.out.println("history of " + variant + ": seed " + SEED);
        Fleet fleet = fleets.get(variant);
        History history = new History();
        fleet.listener = listener(history);
        try (Shopper shopper = new Shopper()) {
            List<Customer> customers = customers(fleet, history, shopper);
            int served = shop(fleet, history, customers);
            Duration recovered = awaitRest(fleet);
            HistoryCheck check = new HistoryCheck(history, ours(fleet, customers));
            List<String> problems = check.problems();
            assertThat(problems).as("seed %d: %s", SEED, heads(problems)).isEmpty();
            int fetched = fetchOwed(fleet, shopper, customers);
            report(variant, history, check, served, fetched, recovered);
        }
    }

    private static List<String> heads(List<String> problems) {
        return problems.stream()
                .map(problem -> problem.lines().findFirst().orElse(""))
                .toList();
    }

    private static Fleet.Listener listener(History history) {
        return new Fleet.Listener() {
            @Override
            public void charged(Authorization payment) {
                history.add(new History.Charged(payment));
            }

            @Override
            public void ran(Upstream.Run run) {
                history.add(new History.Ran(run.replica(), run.payer()));
            }
        };
    }

    private static List<Customer> customers(Fleet fleet, History history, Shopper shopper) {
        Customer.Manner[] manners = Customer.Manner.values();
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++)
            customers.add(new Customer(fleet, history, shopper, manners[i % manners.length], SEED + i));
        return customers;
    }

    private static int shop(Fleet fleet, History history, List<Customer> customers) throws Exception {
        Instant until = Instant.now().plus(LASTS);
        List<Future<Integer>> all = new ArrayList<>();
        Faults faults = new Faults(fleet, history, SEED, KILLS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> failing = threads.submit(() -> faults.run(until));
            Instant end = until.plus(RECOVERED);
            for (Customer customer : customers) all.add(threads.submit(() -> customer.shop(until, end)));
            failing.get();
        }
        int served = 0;
        for (Future<Integer> each : all) served += each.get();
        return served;
    }

    /** How long it takes, from when nothing fails and nobody asks any more, until no row is open. */
    private static Duration awaitRest(Fleet fleet) throws InterruptedException {
        Instant begin = Instant.now();
        List<String> open = fleet.ask(BookRow.OPEN);
        while (!open.isEmpty() && Instant.now().isBefore(begin.plus(RECOVERED))) {
            Thread.sleep(200);
            open = fleet.ask(BookRow.OPEN);
        }
        assertThat(open).as("seed %d: open after %s", SEED, RECOVERED).isEmpty();
        return Duration.between(begin, Instant.now());
    }

    private static List<BookRow> ours(Fleet fleet, List<Customer> customers) {
        List<String> payers =
                customers.stream().map(customer -> customer.payer().address()).toList();
        return BookRow.all(fleet).stream()
                .filter(row -> payers.contains(row.payment().from()))
                .toList();
    }

    /** Every payer who is owed something signs a new payment for each run and gets it, uncharged. */
    private static int fetchOwed(Fleet fleet, Shopper shopper, List<Customer> customers) throws Exception {
        Map<String, Payer> payers = new HashMap<>();
        customers.forEach(customer -> payers.put(customer.payer().address(), customer.payer()));
        int charges = fleet.facilitator.ledger().charges();
        List<BookRow> owed =
                ours(fleet, customers).stream().filter(BookRow::isOwed).toList();
        List<String> fetched = new ArrayList<>();
        for (BookRow row : owed) {
            Payer payer = payers.get(row.payment().from());
            fetched.add(fetch(fleet, shopper, payer, fetched.size()));
        }
        assertThat(fetched)
                .containsExactlyInAnyOrderElementsOf(
                        owed.stream().map(BookRow::transaction).toList());
        assertThat(fleet.facilitator.ledger().charges())
                .as("charges for what is owed")
                .isEqualTo(charges);
        return fetched.size();
    }

    private static String fetch(Fleet fleet, Shopper shopper, Payer payer, int replica) throws Exception {
        Payer.Challenge challenge = shopper.ask(fleet.url(replica, Fleet.PATH));
        SchemePayload.Eip3009 payment = payer.sign(challenge);
        Shopper.Answer answer =
                shopper.pay(fleet.url(replica, Fleet.PATH), challenge.spelling().plain(2, payment), SETTLING_DOWN);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.transaction().orElse("");
    }

    private static void report(
            Fleet.Variant variant, History history, HistoryCheck check, int served, int fetched, Duration recovered) {
        System.out.printf(
                "history of %s: %d faults, %d kills, %d attempts, %d charges, %d purchases served, %d runs owed and fetched,"
                        + " %d answers given again after a kill; at rest %.1f s after the last of them%n",
                variant,
                history.all(History.Fault.class).size() - 1,
                history.all(History.Killed.class).size(),
                history.all(History.Sent.class).size(),
                history.all(History.Charged.class).size(),
                served,
                fetched,
                check.deliveredAgain(),
                recovered.toMillis() / 1e3);
    }
}
