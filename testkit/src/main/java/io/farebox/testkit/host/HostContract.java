package io.farebox.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Header;
import io.farebox.gate.Mode;
import io.farebox.gate.PaymentGate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * What the contracts of a host share: a gate in memory, the host under test and a resource behind it. After each case nothing
 * may be left open. A subclass of a contract implements {@link #start} and nothing else.
 */
public abstract class HostContract {
    GateFixture fixture = new GateFixture(Mode.ENFORCE);
    SampleResource resource = new SampleResource();
    private @Nullable Host host;

    /** Starts the host on a free port of the loopback, with the gate in front of the resource. */
    protected abstract Host start(PaymentGate gate, Resource resource) throws Exception;

    final Host host() {
        Host running = host;
        if (running != null) return running;
        try {
            running = start(fixture.gate(), resource);
        } catch (Exception e) {
            throw new AssertionError("the host does not start", e);
        }
        host = running;
        return running;
    }

    @AfterEach
    final void nothingIsLeftOpen() {
        try {
            fixture.requireNothingOpen();
        } finally {
            if (host != null) host.close();
            fixture.close();
        }
    }

    final RawAnswer get(String target, Header... headers) throws IOException {
        return RawHttp.get(host().base(), target, headers);
    }

    final RawAnswer send(String method, String target, String body, Header... headers) throws IOException {
        return RawHttp.exchange(host().base(), method, target, body.getBytes(), headers);
    }

    /** Whatever the resource said, nothing of it is on the wire. */
    static void requireNoLeak(RawAnswer answer) {
        assertThat(answer.wire()).doesNotContain(SampleResource.SECRET);
        assertThat(answer.headers())
                .extracting(header -> header.getKey().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("x-secret", "set-cookie", "location", "etag", "link", "content-disposition");
        assertThat(answer.whole()).isTrue();
    }

    static String receipt(int version) {
        return version == 1 ? "X-PAYMENT-RESPONSE" : "PAYMENT-RESPONSE";
    }
}
