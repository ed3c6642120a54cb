package io.farebox.benchmarks.load;

import io.farebox.benchmarks.PriceLists;
import java.util.List;

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
    private static final int WARM_UP = 2_000;

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

    private void run() throws Exception {
        String[] jvm = {"-Xmx256m", "-XX:+UseSerialGC"};
        try (Child gate = Child.start("gate", jvm);
                Child constant = Child.start("constant", jvm);
                Child again = Child.start("constant", jvm)) {
            Side unpaid = side(gate, PRICED_PATH, 402);
            Side unpaidConstant = side(constant, PRICED_PATH, 402);
            Side variable = side(gate, VARIABLE_PATH, 402);
            Side variableConstant = side(constant, VARIABLE_PATH, 402);
            Side free = side(gate, FREE_PATH, 200);
            Side bare = side(constant, FREE_PATH, 200);
            Side control = side(again, PRICED_PATH, 402);
            for (Side side : List.of(unpaid, unpaidConstant, variable, variableConstant, free, bare)) {
                side.warmUp(WARM_UP);
            }
            for (String path : List.of(PRICED_PATH, VARIABLE_PATH))
                side(again, path, 402).warmUp(WARM_UP);
            side(again, FREE_PATH, 200).warmUp(WARM_UP);
            Comparison comparison = new Comparison(rounds, requests);
            comparison.print("unpaid, one URL: payment filter / constant filter", unpaid, unpaidConstant);
            comparison.print(
                    "unpaid, variable in the URL: payment filter / constant filter", variable, variableConstant);
            comparison.print("free: payment filter / no payment filter", free, bare);
            comparison.print("control: constant filter / constant filter", control, unpaidConstant);
        }
    }

    private static Side side(Child server, String path, int status) {
        return new Side(server, CONNECTIONS, status, Requests.same(Connection.get(path)));
    }
}
