package io.farebox.benchmarks.load;

import io.farebox.benchmarks.PriceLists;
import io.farebox.gate.GateListener;
import io.farebox.pricing.ConfigReader;
import io.farebox.settlement.Farebox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The price list of a gateway under load: a thousand routes and four more, as in production but for its facilitator. */
final class GatewayPrices {
    static final String PUBLIC_URL = "https://api.example.com";
    static final String PRICED_PREFIX = "/v1/area1/";
    static final String PRICED = PriceLists.path(1, "");
    static final String FREE = PriceLists.path(0, "");
    static final String LOCAL = "/local";
    static final String UPLOAD = "/upload";

    private static final int ROUTES = 1_000;

    private GatewayPrices() {}

    /** A path with a price and a variable in it. */
    static String variable(int value) {
        return PriceLists.path(41, "item-" + value);
    }

    /** Opens them; they are closed with the process. @param facilitator its port */
    static Farebox open(String facilitator) throws IOException {
        Path folder = Files.createTempDirectory("farebox-load");
        String head = """
                public-url: %s
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [base/USDC, polygon/USDC]
                facilitators: [{ id: instant, url: "http://127.0.0.1:%s" }]
                book: { url: "jdbc:h2:file:%s" }
                routes:
                """.formatted(PUBLIC_URL, facilitator, folder.resolve("book"));
        String more = """
                  - { id: local, match: "GET /local", price: "$0.01", verify: local }
                  - { id: large, match: "GET /large", price: "$0.01" }
                  - { id: upload, match: "POST /upload", price: "$0.01" }
                """;
        String yaml = PriceLists.yaml(head, ROUTES).append(more).toString();
        Farebox farebox = Farebox.open(new ConfigReader(name -> null).readYaml("load", yaml), GateListener.none());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            farebox.close();
            Folders.delete(folder);
        }));
        return farebox;
    }
}
