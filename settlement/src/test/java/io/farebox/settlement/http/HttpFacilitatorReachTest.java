package io.farebox.settlement.http;

import static io.farebox.gate.FacilitatorUnavailableException.Reach.MAYBE_REACHED;
import static io.farebox.gate.FacilitatorUnavailableException.Reach.NOT_REACHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.x402.FacilitatorRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SECURITY T057, T058, T059: every way to fail, and whether the request may have been read. */
class HttpFacilitatorReachTest extends Stubbed {
    static Stream<Arguments> afterTheRequestWasRead() {
        return Stream.of(
                Arguments.of("closed", Acts.lost(Act.Loss.CLOSED), "connection_lost"),
                Arguments.of("reset", Acts.lost(Act.Loss.RESET), "connection_lost"),
                Arguments.of("hangs", Acts.lost(Act.Loss.HANGS), "timeout"),
                Arguments.of("charged, closed", Acts.settledAnswerLost(Act.Loss.CLOSED), "connection_lost"),
                Arguments.of("charged, reset", Acts.settledAnswerLost(Act.Loss.RESET), "connection_lost"),
                Arguments.of("charged, hangs", Acts.settledAnswerLost(Act.Loss.HANGS), "timeout"),
                Arguments.of("drips", Acts.drip(Duration.ofMillis(100)), "timeout"),
                Arguments.of("500", Acts.serverError(), "status_500"),
                Arguments.of("502", Acts.badGateway(), "status_502"),
                Arguments.of("504", Acts.settledBehindGatewayTimeout(), "status_504"),
                Arguments.of("400", Acts.say(400, "{\"error\":\"Invalid request\"}"), "status_400"),
                Arguments.of("401", Acts.say(401, "{\"errorType\":\"unauthorized\"}"), "status_401"),
                Arguments.of("garbage", Acts.garbage(), "bad_answer"),
                Arguments.of("empty", Acts.empty(), "bad_answer"),
                Arguments.of("an array", Acts.json("[]"), "bad_answer"),
                Arguments.of("true as text", Acts.successAsText(), "bad_answer"),
                Arguments.of("true as number", Acts.successAsNumber(), "bad_answer"),
                Arguments.of("null", Acts.json("{\"success\":null}"), "bad_answer"),
                Arguments.of("missing", Acts.successMissing(), "bad_answer"),
                Arguments.of("twice", Acts.duplicateKeys(), "bad_answer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("afterTheRequestWasRead")
    void settle_failureAfterTheRequestWasRead_mayHaveReached(String shape, Act act, String reason) {
        stub.alwaysSettle(act);
        FacilitatorUnavailableException failure = settleFails();
        assertThat(failure.reach()).isEqualTo(MAYBE_REACHED);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.facilitator()).isEqualTo("stub");
        assertThat(stub.settleCalls()).as("never repeated by itself").isOne();
    }

    @Test
    void settle_refused_isNotReached() {
        stub.stop();
        assertNotReached(settleFails(), "refused");
    }

    @Test
    void settle_unknownHost_isNotReached() {
        assertNotReached(at(URI.create("https://facilitator.invalid")), "unknown_host");
    }

    @Test
    void settle_tlsFails_isNotReached() {
        assertNotReached(at(stub.urlOverTls()), "tls_failed");
        assertThat(stub.settleCalls()).isZero();
    }

    @Test
    void settle_connectionNeverAccepted_isNotReached() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 2; i++) queue.add(new Socket(deaf.getInetAddress(), deaf.getLocalPort()));
            assertNotReached(at(URI.create("http://127.0.0.1:" + deaf.getLocalPort())), "connect_timeout");
        } finally {
            for (Socket socket : queue) socket.close();
        }
    }

    @Test
    void settle_tooManyRequests_isNotReachedAndTellsWhenToComeBack() {
        stub.alwaysSettle(Acts.busy(Duration.ofSeconds(7)));
        FacilitatorUnavailableException failure = settleFails();
        assertNotReached(failure, "status_429");
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void settle_tooManyRequestsForAYear_isBounded() {
        stub.alwaysSettle(Acts.busy(Duration.ofDays(365)));
        assertThat(settleFails().retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void settle_moreCallsThanAllowed_failAtOnceUnreached() throws Exception {
        stub.alwaysSettle(Acts.lost(Act.Loss.HANGS));
        FacilitatorSettings one = FacilitatorSettings.of("stub", stub.url())
                .withTimeouts(QUICK, QUICK, Duration.ofSeconds(20))
                .withMaxConcurrent(1);
        try (HttpFacilitator narrow = client(one)) {
            Thread first = Thread.ofVirtual().start(() -> settleFails(narrow));
            while (stub.settleCalls() == 0) Thread.onSpinWait();
            assertNotReached(settleFails(narrow), "too_many_calls");
            stub.stop();
            first.join();
        }
    }

    @Test
    void settle_answerUnderAnErrorStatus_isAnAnswer() {
        stub.alwaysSettle(Acts.say(
                400,
                "{\"success\":false,\"errorReason\":\"insufficient_funds\",\"transaction\":\"\",\"network\":\"\"}"));
        assertThat(facilitator.settle(payment(1)).errorReason()).isEqualTo("insufficient_funds");
    }

    @Test
    void verify_answerUnderAnErrorStatus_isAnAnswer() {
        stub.alwaysVerify(Acts.say(402, "{\"isValid\":false,\"invalidReason\":\"payment_expired\"}"));
        assertThat(facilitator.verify(payment(1)).invalidReason()).isEqualTo("payment_expired");
    }

    @Test
    void verify_lyingTypes_isNoAnswer() {
        for (Act lie : List.of(Acts.successAsText(), Acts.successAsNumber(), Acts.successMissing())) {
            stub.onVerify(lie);
            assertThat(verifyFails().reason()).isEqualTo("bad_answer");
        }
    }

    @Test
    void settle_unknownFieldsAndNulls_areReadOver() {
        stub.alwaysSettle(Acts.json("{\"success\":true,\"transaction\":\"{transaction}\",\"network\":\"{network}\","
                + "\"payer\":null,\"extra\":null,\"errorReason\":null,\"shoeSize\":{\"eu\":[42]}}"));
        FacilitatorRequest request = payment(1);
        assertThat(facilitator.settle(request).network())
                .isEqualTo(request.requirements().network());
    }

    @Test
    void settle_rightAnswerUnderWrongContentType_isAnAnswer() {
        stub.alwaysSettle(Acts.wrongContentType());
        assertThat(facilitator.settle(payment(1)).success()).isTrue();
    }

    @Test
    void settle_afterTheServerRestarted_opensANewConnection() {
        facilitator.settle(payment(1));
        stub.stop();
        stub.startAgain();
        assertThat(facilitator.settle(payment(2)).success()).isTrue();
        assertThat(stub.connections()).isEqualTo(2);
    }

    @Test
    void settle_manyInARow_shareOneConnection() {
        for (int i = 1; i <= 20; i++) facilitator.settle(payment(i));
        assertThat(stub.connections()).isOne();
    }

    private static FacilitatorUnavailableException at(URI url) {
        try (HttpFacilitator other = client(settings(url))) {
            return settleFails(other);
        }
    }

    private static void assertNotReached(FacilitatorUnavailableException failure, String reason) {
        assertThat(failure.reach()).isEqualTo(NOT_REACHED);
        assertThat(failure.reason()).isEqualTo(reason);
    }
}
