package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner reads in the log, and that no URL is in it. */
class LookupLogTest {
    private final SampleChain chain = new SampleChain();
    private final StubNode node = chain.tellBy(new StubNode());
    private final StubNode second = new SampleChain().tellBy(new StubNode());
    private final Logger logger = Logger.getLogger(Web3jLookup.class.getName());
    private final List<LogRecord> records = new ArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(recorder);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(recorder);
        node.close();
        second.close();
    }

    private void lookUpThrice() {
        ChainSettings settings = new ChainSettings(List.of(second.url(), node.url()), 6);
        try (Web3jLookup lookup = new Web3jLookup(Map.of(SampleChain.NETWORK, settings))) {
            for (int i = 0; i < 3; i++) lookup.lookUp(SampleChain.payment());
        }
    }

    private List<String> lines() {
        return records.stream()
                .map(record -> MessageFormat.format(record.getMessage(), record.getParameters()))
                .toList();
    }

    @Test
    void anotherChain_oneErrorThatNamesNetworkAndPosition() {
        second.onRudely("eth_chainId", (exchange, id) -> exchange.sendResponseHeaders(500, -1));
        chain.chainId = 8453;
        lookUpThrice();

        assertThat(records)
                .filteredOn(record -> record.getLevel() == Level.SEVERE)
                .hasSize(1);
        assertThat(lines()).anyMatch(line -> line.startsWith("networks.eip155:84532.rpc: URL 2 leads to chain 8453"));
        assertThat(lines()).noneMatch(line -> line.contains("secret-key") || line.contains("127.0.0.1"));
    }

    @Test
    void failing_saidOnceUntilItWorksAgain() {
        second.onRudely("eth_call", (exchange, id) -> exchange.sendResponseHeaders(500, -1));
        lookUpThrice();

        assertThat(lines()).containsExactly("networks.eip155:84532.rpc: URL 1 fails: status_500");
        assertThat(records.getFirst().getThrown()).isNull();
    }
}
