package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/rails.md, run as they stand there. */
class RailsPageTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";

    @TempDir
    private Path folder;

    @Test
    void commands_payAsThePageSays() throws Exception {
        try (Chain chain = Chain.start(84532);
                PricedServer server = new PricedServer(yaml(chain), folder)) {
            List<String> blocks = blocks("bash");
            assertThat(blocks).hasSize(6);
            // The page says "when it is as deep as": here every transaction has a block of its own.
            new ChainAct(chain).mine(1);
            String mine = "rpc anvil_mine '\"0x1\"' > /dev/null\n";
            String commands = "set -eu\n" + blocks.get(0) + mine + blocks.get(1) + blocks.get(2) + blocks.get(3) + mine
                    + blocks.get(4) + blocks.get(5);
            String output = run(
                    commands,
                    Map.of(
                            "API", server.url(""),
                            "RPC", chain.rpc(),
                            "ASSET", chain.asset(),
                            "PAYEE", PAYEE,
                            "PAYER", chain.payer(0).address()));
            assertThat(output.lines().filter(line -> line.matches("[0-9]{3}")))
                    .as(output)
                    .containsExactly(
                            "200", "200", "200", "402", "200", "200", "200", "200", "201", "200", "200", "200", "204",
                            "402");
            assertThat(output)
                    .contains("celsius", "insufficient_funds", "\"requestsLeft\":\"8\"", "token_revoked")
                    .doesNotContain("X-PAYMENT-TOKEN: farebox_");
        }
    }

    private String yaml(Chain chain) throws IOException {
        // The last block is the first one's rails and more.
        String first = blocks("yaml").getFirst().replace("${RPC}", chain.rpc());
        String page =
                first.substring(0, first.indexOf("rails:")) + blocks("yaml").getLast();
        return """
                public-url: http://127.0.0.1
                pay-to: { eip155: "%s" }
                accept: [base-sepolia/USDC]
                facilitators: [{ id: nobody, url: "http://127.0.0.1:9" }]
                book: { url: "jdbc:h2:file:%s/book" }
                routes: [{ id: weather, match: "GET /weather", price: "$0.01" }]
                %s
                """.formatted(PAYEE, folder, page);
    }

    private static List<String> blocks(String language) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "rails.md"));
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static String run(String commands, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", commands).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
