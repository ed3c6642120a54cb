package io.farebox.benchmarks.load;

import io.farebox.benchmarks.PriceLists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the payment filter costs a server. Three Tomcats, each in a JVM of its own, are asked in turns over a few kept-alive
 * connections; {@link CpuTime} tells what each has used:
 *
 * <ul>
 *   <li>an unpaid priced route behind the payment filter (1,000 routes) against a filter that writes the same answer from
 *       constants;
 *   <li>a free route behind the payment filter against the same servlet behind that other filter, which lets it pass;
 *   <li>the constant answer against itself in the third JVM: how far two equal servers differ here.
 * </ul>
 *
 * <p>Only times of one round are compared, since they were taken under the same load of the machine.
 */
public final class Unpaid402Load {
    static final String PRICED_PREFIX = "/v1/area1/";
    static final String PRICED_PATH = PriceLists.path(1, "");
    private static final String VARIABLE_PATH = PriceLists.path(41, "item");
    private static final String FREE_PATH = PriceLists.path(0, "");
    private static final int CONNECTIONS = 4;
    private static final int WARM_UP = 20_000;

    private final int rounds;
    private final int requests;

    private Unpaid402Load(int rounds, int requests) {
        this.rounds = rounds;
        this.requests = requests;
    }

    /** @param args rounds (80) and requests of each server in a round (1000) */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 80;
        int requests = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        new Unpaid402Load(rounds, requests).run();
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        String[] jvm = {"-Xmx256m", "-XX:+UseSerialGC"};
        try (Child gate = Child.start("gate", jvm);
                Child constant = Child.start("constant", jvm);
                Child again = Child.start("constant", jvm);
                ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            Side unpaid = new Side(gate, PRICED_PATH, 402, threads);
            Side unpaidConstant = new Side(constant, PRICED_PATH, 402, threads);
            Side variable = new Side(gate, VARIABLE_PATH, 402, threads);
            Side variableConstant = new Side(constant, VARIABLE_PATH, 402, threads);
            Side free = new Side(gate, FREE_PATH, 200, threads);
            Side bare = new Side(constant, FREE_PATH, 200, threads);
            Side control = new Side(again, PRICED_PATH, 402, threads);
            for (Side side : List.of(unpaid, unpaidConstant, variable, variableConstant, free, bare)) side.warmUp();
            for (String path : List.of(PRICED_PATH, VARIABLE_PATH)) new Side(again, path, 402, threads).warmUp();
            new Side(again, FREE_PATH, 200, threads).warmUp();
            compare("unpaid, one URL: payment filter / constant filter", unpaid, unpaidConstant);
            compare("unpaid, variable in the URL: payment filter / constant filter", variable, variableConstant);
            compare("free: payment filter / no payment filter", free, bare);
            compare("control: constant filter / constant filter", control, unpaidConstant);
        }
    }

    private void compare(String title, Side one, Side other)
            throws IOException, InterruptedException, ExecutionException {
        double[] ones = new double[rounds];
        double[] others = new double[rounds];
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            // Who goes second might find the machine warmer, or busier.
            if (i % 2 == 0) ones[i] = one.nanosPerRequest(requests);
            others[i] = other.nanosPerRequest(requests);
            if (i % 2 == 1) ones[i] = one.nanosPerRequest(requests);
            ratios[i] = ones[i] / others[i];
        }
        System.out.println(title);
        System.out.println("  CPU of the first, ns/request:  " + summary(ones));
        System.out.println("  CPU of the second, ns/request: " + summary(others));
        System.out.println("  ratio:                         " + summary(ratios));
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

    /** One path of one server. */
    private record Side(Child server, String path, int status, ExecutorService threads) {
        void warmUp() throws IOException, InterruptedException, ExecutionException {
            nanosPerRequest(WARM_UP);
        }

        double nanosPerRequest(int requests) throws IOException, InterruptedException, ExecutionException {
            CpuTime before = server.cpu();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) all.add(threads.submit(() -> ask(requests / CONNECTIONS)));
            for (Future<?> one : all) one.get();
            return server.cpu().nanosSince(before) / (double) requests;
        }

        private Void ask(int times) throws IOException {
            byte[] request = Connection.get(path);
            try (Connection connection = new Connection(server.port())) {
                for (int i = 0; i < times; i++) {
                    int answered = connection.exchange(request);
                    if (answered != status) throw new IllegalStateException(path + " was answered " + answered);
                }
            }
            return null;
        }
    }
}
