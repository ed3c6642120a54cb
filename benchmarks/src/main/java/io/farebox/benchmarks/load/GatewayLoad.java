package io.farebox.benchmarks.load;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What Farebox costs a gateway. Four gateways and what is behind them, each in a JVM of its own, are asked in turns over
 * kept-alive connections; {@link CpuTime} tells what each gateway has used:
 *
 * <ul>
 *   <li>a free route behind Farebox (1,000 routes) against a gateway without it;
 *   <li>an unpaid route against a gateway whose filter writes the same answer from constants;
 *   <li>a paid route, verified and settled by a facilitator at once, or verified by the gate alone, against the same request
 *       to the gateway without Farebox;
 *   <li>that gateway against itself in another JVM: how far two equal ones differ here.
 * </ul>
 */
public final class GatewayLoad {
    private static final String[] JVM = {"-Xmx256m", "-XX:+UseSerialGC"};
    private static final Map<String, String> TITLES = Map.of(
            "free", "free: Farebox / bare",
            "unpaid", "unpaid, one URL: Farebox / constant",
            "variable", "unpaid, another URL each time: Farebox / constant",
            "remote", "paid, remote verify and settle: Farebox / bare, same headers",
            "local", "paid, local verify, remote settle: Farebox / bare, same headers",
            "control", "control: bare / bare");

    private final Comparison comparison;
    private final int connections;
    private final List<String> names;
    private final Set<Side> warm = new HashSet<>();

    private GatewayLoad(Comparison comparison, int connections, List<String> names) {
        this.comparison = comparison;
        this.connections = connections;
        this.names = names;
    }

    /**
     * @param args rounds (40), requests of each side in a round (2048), connections (32), and which comparisons, if not all:
     *     free, unpaid, variable, remote, local, control
     */
    public static void main(String[] args) throws Exception {
        int[] numbers = {40, 2_048, 32};
        for (int i = 0; i < Math.min(3, args.length); i++) numbers[i] = Integer.parseInt(args[i]);
        List<String> names = Arrays.asList(args).subList(Math.min(3, args.length), args.length);
        new GatewayLoad(new Comparison(numbers[0], numbers[1]), numbers[2], names).run();
    }

    private void run() throws Exception {
        try (Child outside = Child.start("outside")) {
            String port = Integer.toString(outside.port());
            try (Child farebox = Child.start(List.of("gateway", port, port), JVM)) {
                if (isAsked("free", "remote", "local", "control")) withBare(port, farebox);
                if (isAsked("unpaid", "variable")) withConstant(port, farebox);
            }
        }
    }

    private void withBare(String port, Child farebox) throws Exception {
        Requests free = Requests.same(Connection.get(GatewayPrices.FREE));
        PaidRequests remote = PaidRequests.to(farebox, GatewayPrices.PUBLIC_URL, GatewayPrices.PRICED);
        PaidRequests local = PaidRequests.to(farebox, GatewayPrices.PUBLIC_URL, GatewayPrices.LOCAL);
        try (Child bare = Child.start(List.of("gateway-bare", port), JVM)) {
            Side plain = new Side(bare, connections, 200, free);
            // The same headers, so that both read and write as many bytes; to the bare gateway they mean nothing.
            Side laden = new Side(
                    bare, connections, 200, Requests.same(remote.next(0, 1).getFirst()));
            compare("free", new Side(farebox, connections, 200, free), plain);
            compare("remote", new Side(farebox, connections, 200, remote), laden);
            compare("local", new Side(farebox, connections, 200, local), laden);
            if (!isAsked("control")) return;
            try (Child again = Child.start(List.of("gateway-bare", port), JVM)) {
                compare("control", new Side(again, connections, 200, free), plain);
            }
        }
    }

    private void withConstant(String port, Child farebox) throws Exception {
        Requests priced = Requests.same(Connection.get(GatewayPrices.PRICED));
        Requests variable = Requests.each(i -> Connection.get(GatewayPrices.variable(i)));
        try (Child constant = Child.start(List.of("gateway-constant", port), JVM)) {
            compare(
                    "unpaid",
                    new Side(farebox, connections, 402, priced),
                    new Side(constant, connections, 402, priced));
            compare(
                    "variable",
                    new Side(farebox, connections, 402, variable),
                    new Side(constant, connections, 402, variable));
        }
    }

    private boolean isAsked(String... some) {
        return names.isEmpty() || names.stream().anyMatch(List.of(some)::contains);
    }

    private void compare(String name, Side one, Side other) throws Exception {
        if (!isAsked(name)) return;
        for (Side side : List.of(one, other)) {
            if (warm.add(side)) side.warmUp(comparison.requests());
        }
        comparison.print(Objects.requireNonNull(TITLES.get(name)), one, other);
    }
}
