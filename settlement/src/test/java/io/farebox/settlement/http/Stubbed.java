package io.farebox.settlement.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.testkit.facilitator.SamplePayments;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.FacilitatorRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** A stub and a client for it, closed after each test. */
abstract class Stubbed {
    static final Duration CONNECT = Duration.ofMillis(400);
    static final Duration QUICK = Duration.ofSeconds(1);

    final StubFacilitator stub = StubFacilitator.start();
    final HttpFacilitator facilitator = client(settings(stub.url()));

    static FacilitatorSettings settings(URI url) {
        return FacilitatorSettings.of("stub", url).withTimeouts(CONNECT, QUICK, QUICK);
    }

    static HttpFacilitator client(FacilitatorSettings settings) {
        return new HttpFacilitator(
                settings, SamplePayments.V1_NAMES, InstantSource.system(), new HttpCalls(settings, Duration.ZERO));
    }

    static FacilitatorRequest payment(int n) {
        return SamplePayments.evm(2, n);
    }

    FacilitatorUnavailableException settleFails() {
        return settleFails(facilitator);
    }

    static FacilitatorUnavailableException settleFails(HttpFacilitator at) {
        return catchThrowableOfType(FacilitatorUnavailableException.class, () -> at.settle(payment(1)));
    }

    FacilitatorUnavailableException verifyFails() {
        return catchThrowableOfType(FacilitatorUnavailableException.class, () -> facilitator.verify(payment(1)));
    }

    @AfterEach
    void closeBoth() {
        facilitator.close();
        stub.close();
    }
}
