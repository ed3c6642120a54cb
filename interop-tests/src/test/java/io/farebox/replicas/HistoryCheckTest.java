package io.farebox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.facilitator.Authorization;
import io.farebox.testkit.facilitator.ChargeLedger;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** The checker finds what it is for. */
class HistoryCheckTest {
    private static final String PAYER = "0xaa";
    private static final Authorization ONE = new Authorization(PAYER, "0x1111111111");
    private static final Authorization TWO = new Authorization(PAYER, "0x2222222222");

    private long now;
    private final History history = new History(() -> now++);
    private final List<BookRow> rows = new ArrayList<>();

    private int buy(Authorization payment, int purchase) {
        return history.send(PAYER, purchase, payment, 0);
    }

    private void charge(Authorization payment, String delivery) {
        history.add(new History.Charged(payment));
        rows.add(new BookRow(payment, "SETTLED", delivery, ChargeLedger.transaction(payment)));
    }

    private void serve(int attempt, Authorization onChargeOf) {
        history.add(new History.Answered(attempt, 200, ChargeLedger.transaction(onChargeOf), false));
    }

    private void answer(int attempt, int status, boolean asksAgain) {
        history.add(new History.Answered(attempt, status, "", asksAgain));
    }

    private ListAssert<String> assertProblems() {
        return assertThat(new HistoryCheck(history, rows).problems());
    }

    @Test
    void paidAndServed_isWell() {
        int attempt = buy(ONE, 1);
        charge(ONE, "COMPLETE");
        serve(attempt, ONE);
        assertProblems().isEmpty();
    }

    @Test
    void owedRunFetchedByAnother_isWell() {
        answer(buy(ONE, 1), 503, false);
        charge(ONE, "COMPLETE");
        serve(buy(TWO, 1), ONE);
        assertProblems().isEmpty();
    }

    @Test
    void servedTwice_isFound() {
        charge(ONE, "COMPLETE");
        serve(buy(ONE, 1), ONE);
        serve(buy(TWO, 1), ONE);
        assertProblems().singleElement().asString().contains("delivered 2 times", "attempt 2 for purchase 1");
    }

    @Test
    void servedTwice_byAReplicaThatDied_isTold() {
        charge(ONE, "COMPLETE");
        serve(buy(ONE, 1), ONE);
        history.add(new History.Killed(0));
        serve(buy(TWO, 1), ONE);
        HistoryCheck check = new HistoryCheck(history, rows);
        assertThat(check.problems()).isEmpty();
        assertThat(check.deliveredAgain()).isOne();
    }

    @Test
    void servedWithoutACharge_isFound() {
        serve(buy(ONE, 1), ONE);
        assertProblems().singleElement().asString().contains("without a charge");
    }

    @Test
    void servedOnAnothersCharge_isFound() {
        Authorization foreign = new Authorization("0xbb", "0x3333333333");
        charge(foreign, "COMPLETE");
        serve(buy(ONE, 1), foreign);
        assertProblems().singleElement().asString().contains("on a charge of 0xbb");
    }

    @Test
    void chargedTwiceForOnePurchase_isFound() {
        answer(buy(ONE, 1), 503, false);
        charge(ONE, "OWED");
        int again = buy(TWO, 1);
        charge(TWO, "COMPLETE");
        serve(again, TWO);
        assertProblems().singleElement().asString().contains("charged 2 times for purchase 1");
    }

    @Test
    void chargedTwice_afterHangingUp_isNotHeldAgainstAnybody() {
        history.add(new History.Ended(buy(ONE, 1), "hung up"));
        charge(ONE, "OWED");
        int again = buy(TWO, 1);
        charge(TWO, "COMPLETE");
        serve(again, TWO);
        assertProblems().isEmpty();
    }

    @Test
    void samePaymentChargedTwice_isFound() {
        int attempt = buy(ONE, 1);
        charge(ONE, "COMPLETE");
        history.add(new History.Charged(ONE));
        serve(attempt, ONE);
        assertProblems().singleElement().asString().contains("charged twice");
    }

    @Test
    void fetchedAndCharged_isFound() {
        history.add(new History.Ended(buy(ONE, 1), "hung up"));
        charge(ONE, "COMPLETE");
        serve(buy(TWO, 1), ONE);
        charge(TWO, "OWED");
        assertProblems().singleElement().asString().contains("fetched a run and was charged");
    }

    @Test
    void chargedAndForgotten_isFound() {
        answer(buy(ONE, 1), 503, false);
        charge(ONE, "COMPLETE");
        assertProblems().singleElement().asString().contains("neither delivered nor owed");
    }

    @Test
    void deliveredAndStillOwed_isFound() {
        int attempt = buy(ONE, 1);
        charge(ONE, "OWED");
        serve(attempt, ONE);
        assertProblems().singleElement().asString().contains("still owed");
    }

    @Test
    void chargedAndAskedForAnother_isFound() {
        answer(buy(ONE, 1), 402, true);
        charge(ONE, "OWED");
        assertProblems().singleElement().asString().contains("was asked for another");
    }

    @Test
    void chargeWithoutARow_isFound() {
        answer(buy(ONE, 1), 503, false);
        history.add(new History.Charged(ONE));
        assertProblems().singleElement().asString().contains("in the book null");
    }

    @Test
    void rowWithoutACharge_isFound() {
        rows.add(new BookRow(ONE, "SETTLED", "OWED", "0x1"));
        assertProblems().singleElement().asString().contains("not charged");
    }

    @Test
    void rowThatIsStuck_isFound() {
        rows.add(new BookRow(ONE, "UNKNOWN", "NONE", ""));
        assertProblems().singleElement().asString().contains("not brought to an end");
    }
}
