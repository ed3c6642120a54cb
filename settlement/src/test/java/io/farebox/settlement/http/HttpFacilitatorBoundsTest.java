package io.farebox.settlement.http;

import static io.farebox.gate.FacilitatorUnavailableException.Reach.MAYBE_REACHED;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.facilitator.Exchange;
import io.farebox.testkit.facilitator.StubFacilitator;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SECURITY T059, T060, T061: replies that are too big, too slow, or lead elsewhere. */
class HttpFacilitatorBoundsTest extends Stubbed {
    private static final long MEGABYTE = 1 << 20;

    @ParameterizedTest
    @EnumSource(Act.Flood.Kind.class)
    void settle_flood_isCutOffEarly(Act.Flood.Kind kind) {
        stub.alwaysSettle(Acts.flood(kind));
        settleFails(); // loads the classes
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
        FacilitatorUnavailableException failure = settleFails();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;

        assertThat(failure.reach()).isEqualTo(MAYBE_REACHED);
        assertThat(failure.reason()).isIn("answer_too_long", "bad_answer", "connection_lost");
        assertThat(allocated).isLessThan(MEGABYTE);
        // What the kernel buffers between the two is beyond our control; far less than the gigabyte on offer.
        assertThat(stub.bytesWritten()).isLessThan(32 * MEGABYTE);
    }

    @Test
    void settle_asLongAsAllowed_isRead() {
        stub.alwaysSettle(Acts.json(" ".repeat(HttpCalls.MAX_REPLY - 200) + "{\"success\":false}"));
        assertThat(facilitator.settle(payment(1)).success()).isFalse();
    }

    @Test
    void settle_oneByteTooLong_isNotRead() {
        String answer = "{\"success\":false}";
        stub.alwaysSettle(Acts.json(" ".repeat(HttpCalls.MAX_REPLY + 1 - answer.length()) + answer));
        assertThat(settleFails().reason()).isEqualTo("answer_too_long");
    }

    @ParameterizedTest
    @ValueSource(ints = {81, 60_000, 1_000_000})
    void settle_longNumber_isNoAnswer(int digits) {
        stub.alwaysSettle(Acts.longNumber(digits));
        assertThat(settleFails().reason()).isIn("bad_answer", "answer_too_long");
    }

    @Test
    void settle_deepJson_isNoAnswer() {
        stub.alwaysSettle(Acts.deepJson(10_000));
        assertThat(settleFails().reason()).isEqualTo("bad_answer");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void settle_redirect_isNotFollowed(int status) {
        try (StubFacilitator other = StubFacilitator.start()) {
            stub.alwaysSettle(Acts.redirect(status, other.url() + "/settle"));
            assertThat(settleFails().reason()).isEqualTo("status_" + status);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void settle_slow_endsByTheDeadlineOfTheWholeExchange() {
        stub.alwaysSettle(Acts.drip(Duration.ofMillis(20)));
        long start = System.nanoTime();
        assertThat(settleFails().reason()).isEqualTo("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(QUICK, QUICK.multipliedBy(6));
    }

    @Test
    void anyCall_asksForNoCompressionAndCarriesNoCookie() {
        stub.onVerify(Acts.json("{\"isValid\":true}"));
        facilitator.verify(payment(1));
        facilitator.settle(payment(1));
        for (Exchange exchange : stub.requests()) {
            assertThat(exchange.headers()).doesNotContainKeys("Accept-Encoding", "Cookie", "Authorization");
            assertThat(exchange.headers()).containsKey("Content-Length");
        }
    }

    @Test
    void baseUrl_withPathAndSlashes_isJoinedProperly() {
        try (HttpFacilitator deep = client(settings(URI.create(stub.url() + "/platform/v2/x402//")))) {
            deep.verify(payment(1));
        }
        assertThat(stub.requests().getFirst().target()).isEqualTo("/platform/v2/x402/verify");
    }
}
