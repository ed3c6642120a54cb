package io.farebox.gateway;

import io.farebox.gate.PaymentGate;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.Resource;
import io.farebox.testkit.host.TokenContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The gateway in front of a resource on another server. */
class GatewayTokenTest extends TokenContract {
    private static SharedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = SharedGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        Leaks.requireNone();
    }

    @Override
    protected Host start(PaymentGate gate, Resource resource) {
        return gateway.with(gate, UpstreamServer.start(resource));
    }
}
