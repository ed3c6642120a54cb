package io.farebox.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.farebox.benchmarks.Gates;
import io.farebox.benchmarks.PlainRequest;
import io.farebox.benchmarks.PriceLists;
import io.farebox.gate.Decision;
import io.farebox.gate.GateListener;
import io.farebox.gate.GateResponse;
import io.farebox.gate.PaymentGate;
import io.farebox.pricing.ConfigReader;
import io.farebox.servlet.PaymentFilter;
import io.farebox.settlement.Farebox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The server of a load run, in a process of its own. Prints its port, then answers a line with a line: {@code cpu} the
 * process's CPU time in nanoseconds, {@code live} the heap's bytes after a collection, {@code peak} the most that was used,
 * {@code allocated} all that was ever allocated there. Ends when its standard input does.
 */
public final class ServerMain {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ServerMain() {}

    /** @param args the kind of server, and for gateways the ports of upstream and facilitator */
    public static void main(String[] args) throws Exception {
        System.out.println("port " + start(args));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(line + " " + answer(line));
        }
        System.exit(0);
    }

    private static int start(String[] args) throws Exception {
        return switch (args[0]) {
            case "gate" -> LoadServer.start(new SmallServlet(), new PaymentFilter(gate()));
            case "constant" ->
                LoadServer.start(new SmallServlet(), new ConstantFilter(Unpaid402Load.PRICED_PREFIX, challenge()));
            case "downloads" -> LoadServer.start(new LargeServlet(), new PaymentFilter(downloads()));
            case "gateway" -> GatewayServer.farebox(args[1], args[2]);
            case "gateway-bare" -> GatewayServer.bare(args[1]);
            case "gateway-constant" -> GatewayServer.constant(args[1]);
            case "outside" -> OutsideServer.start();
            default -> throw new IllegalArgumentException("no such server");
        };
    }

    private static PaymentGate gate() {
        return Gates.over(PriceLists.ofRoutes(1_000));
    }

    private static GateResponse challenge() {
        try (PaymentGate gate = gate()) {
            return ((Decision.Answer) gate.decide(PlainRequest.get(Unpaid402Load.PRICED_PATH))).response();
        }
    }

    /** Everything as in production, but for the facilitator, which is in this process. */
    private static PaymentGate downloads() throws IOException {
        Path folder = Files.createTempDirectory("farebox-downloads");
        String yaml = """
                public-url: http://localhost
                pay-to: { eip155: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" }
                accept: [farebox-dev/USDC]
                facilitators: [{ id: dev, type: dev }]
                book: { url: "jdbc:h2:file:%s" }
                routes: [{ id: large, match: "GET /large", price: "$0.01" }]
                """.formatted(folder.resolve("book"));
        Farebox farebox = Farebox.open(new ConfigReader(name -> null).readYaml("downloads", yaml), GateListener.none());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            farebox.close();
            Folders.delete(folder);
        }));
        return farebox.gate();
    }

    private static long answer(String question) {
        return switch (question) {
            case "cpu" -> SYSTEM.getProcessCpuTime();
            case "live" -> live();
            case "peak" -> peak();
            case "allocated" -> THREADS.getTotalThreadAllocatedBytes();
            default -> -1;
        };
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The sum of the pools' peaks, which may lie at different moments: no less than the true peak. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
