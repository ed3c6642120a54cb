package io.farebox.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two sides in turns. Only times of one round are compared, since they were taken under the same load of the machine.
 *
 * @param rounds how often each side is asked
 * @param requests of each side in a round
 */
record Comparison(int rounds, int requests) {
    void print(String title, Side one, Side other) throws Exception {
        List<Side.Cost> ones = new ArrayList<>();
        List<Side.Cost> others = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            // Who goes second might find the machine warmer, or busier.
            if (i % 2 == 0) ones.add(one.ask(requests));
            others.add(other.ask(requests));
            if (i % 2 == 1) ones.add(one.ask(requests));
        }
        System.out.println(title);
        print("CPU of the first, ns/request", i -> ones.get(i).nanos());
        print("CPU of the second, ns/request", i -> others.get(i).nanos());
        print("ratio", i -> ones.get(i).nanos() / others.get(i).nanos());
        print("bytes of the first", i -> ones.get(i).bytes());
        print("bytes of the second", i -> others.get(i).bytes());
    }

    private void print(String what, IntToDoubleFunction ofRound) {
        double[] values = IntStream.range(0, rounds).mapToDouble(ofRound).toArray();
        System.out.printf("  %-30s %s%n", what, summary(values));
    }

    /** With the range in which the true median lies nineteen times of twenty (by the binomial distribution of ranks). */
    private static String summary(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        int off = (int) Math.ceil(0.98 * Math.sqrt(n));
        double low = sorted[Math.max(0, n / 2 - off)];
        double high = sorted[Math.min(n - 1, (n - 1) / 2 + off)];
        String number = median > 100 ? "%.0f" : "%.3f";
        String format = "median # (95 %% between # and #), min #, max #".replace("#", number);
        return String.format(Locale.ROOT, format, median, low, high, sorted[0], sorted[n - 1]);
    }
}
