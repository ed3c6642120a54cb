package io.farebox.app;

import io.farebox.chain.Eip3009Signer;
import io.farebox.testkit.host.FreePort;
import io.farebox.testkit.pay.PayingClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway in this process, on free ports of the loopback. */
final class App implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private App(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** A price list: everything below {@code /paid/} costs a cent, {@code /slow} too, the rest nothing. */
    static Path prices(Path folder, URI facilitator, URI upstream) throws IOException {
        return prices(folder, facilitator, "upstream: { url: \"" + upstream + "\" }");
    }

    static Path prices(Path folder, URI facilitator, String more) throws IOException {
        return Files.writeString(folder.resolve("farebox.yaml"), """
                public-url: https://api.example.com
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [base-sepolia/USDC]
                settle-wait: 1s
                facilitators:
                  - { id: stub, url: "%s", connect-timeout: 1s, verify-timeout: 2s, settle-timeout: 2s }
                book: { url: "%s" }
                routes:
                  - { id: paid, match: "/paid/**", price: "$0.01" }
                %s
                """.formatted(facilitator, book(folder), more));
    }

    static String book(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("book");
    }

    /** On a management port that is known before: the gateway tells by its number which requests are not for routes. */
    static App start(Path prices, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--farebox.config=" + prices,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.server.port=" + FreePort.find(),
                "--management.server.address=127.0.0.1",
                "--logging.level.root=WARN"));
        for (String argument : more) {
            String key = argument.substring(0, argument.indexOf('=') + 1);
            arguments.removeIf(usual -> usual.startsWith(key));
            arguments.add(argument);
        }
        return new App(SpringApplication.run(GatewayApplication.class, arguments.toArray(String[]::new)));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    URI base() {
        return local("http", "local.server.port");
    }

    URI management() {
        return local("http", "local.management.port");
    }

    URI local(String scheme, String port) {
        return URI.create(scheme + "://127.0.0.1:" + context.getEnvironment().getProperty(port));
    }

    /** A client with a wallet of its own. */
    static PayingClient payer() {
        Eip3009Signer wallet = Eip3009Signer.random();
        return PayingClient.v2(
                terms -> wallet.sign(terms, Instant.EPOCH, Instant.now().plusSeconds(terms.maxTimeoutSeconds())));
    }

    @Override
    public void close() {
        context.close();
    }
}
